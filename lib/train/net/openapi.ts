/** @file The OpenAPI document of the shepherd's interface, made from the table of routes. */
import { PROTOCOL_VERSION } from "../protocol/messages.ts";
import { type Access, errorReplySchema, ROUTES, type Route } from "./routes.ts";

const SECURITY: Readonly<Record<Access, readonly object[]>> = {
  all: [],
  observer: [{ bearer: [] }, { session: [] }, {}],
  worker: [{ bearer: [] }],
  blobs: [{ bearer: [] }],
  operator: [{ bearer: [] }, { session: [] }],
};

const REFUSALS: Readonly<Record<string, string>> = {
  400: "The request is not as it should be",
  401: "No credential, or one of another run",
  403: "A credential of another role, worker or process",
  409: "Another version of the protocol",
  413: "Larger than is expected",
  429: "Too many requests, transfers or bytes",
};

function parametersOf({ path, query = {}, headers = {} }: Route): object[] {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);
  return [
    ...names.map((name) => ({
      name,
      in: "path",
      required: true,
      schema: { type: "string", pattern: "^[0-9a-f]{64}$" },
    })),
    ...Object.entries(query).map(([name, description]) => ({
      name,
      in: "query",
      description,
      schema: { type: "string", pattern: "^[0-9]{1,16}$" },
    })),
    ...Object.entries(headers).map(([name, description]) => ({
      name,
      in: "header",
      description,
      schema: { type: "string" },
    })),
  ];
}

function bodyOf({ id, body }: Route): object | undefined {
  if (body !== undefined)
    return { required: true, content: { "application/json": { schema: body } } };
  if (id !== "putBlob") return undefined;
  return { required: true, content: { "application/octet-stream": { schema: BINARY } } };
}

const BINARY = { type: "string", format: "binary" };

function contentOf({ reply, media }: Route): object {
  if (reply !== undefined) return { content: { "application/json": { schema: reply } } };
  if (media === undefined) return {};
  const schema = media === "application/octet-stream" ? BINARY : { type: "string" };
  return { content: { [media]: { schema } } };
}

function operationOf(route: Route): object {
  const parameters = parametersOf(route);
  const requestBody = bodyOf(route);
  return {
    operationId: route.id,
    summary: route.summary,
    security: SECURITY[route.access],
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody !== undefined && { requestBody }),
    responses: {
      200: { description: "Done", ...contentOf(route) },
      ...Object.fromEntries(
        Object.entries(route.statuses ?? {}).map(([status, description]) => [
          status,
          { description },
        ]),
      ),
      ...Object.fromEntries(
        Object.keys(REFUSALS).map((status) => [
          status,
          { $ref: `#/components/responses/${status}` },
        ]),
      ),
    },
  };
}

/** The document as an object. */
export function openApiDocument(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of ROUTES) {
    const path = route.path.replaceAll(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "pcp-train shepherd",
      version: String(PROTOCOL_VERSION),
      description:
        "Control of a distributed training run as JSON; tensors as blobs by their SHA-256.",
    },
    components: {
      responses: Object.fromEntries(
        Object.entries(REFUSALS).map(([status, description]) => [
          status,
          { description, content: { "application/json": { schema: errorReplySchema } } },
        ]),
      ),
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer" },
        session: { type: "apiKey", in: "cookie", name: "pcp_session" },
      },
    },
    paths,
  };
}

/** The document as it is served, and kept in docs/openapi.json. */
export const openApiText = (): string => `${JSON.stringify(openApiDocument(), null, 2)}\n`;
