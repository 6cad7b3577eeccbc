/** @file Building blocks of the config's schema. */
import { Type } from "@sinclair/typebox";

export const oneOf = <const T extends readonly string[]>(values: T, options: object) =>
  Type.Union(
    values.map((value) => Type.Literal(value as T[number])),
    options,
  );

export const count = (description: string, defaultValue?: number, minimum = 0) =>
  Type.Integer({
    minimum,
    maximum: Number.MAX_SAFE_INTEGER,
    description,
    ...(defaultValue === undefined ? {} : { default: defaultValue }),
  });

export const positive = (description: string, defaultValue?: number) =>
  Type.Number({
    minimum: 0,
    description,
    ...(defaultValue === undefined ? {} : { default: defaultValue }),
  });

export const path = (description: string) =>
  Type.String({ minLength: 1, description: `${description} (relative to the config)` });

export const orNull = (description: string) =>
  Type.Optional(Type.Union([Type.String(), Type.Null()], { description }));
