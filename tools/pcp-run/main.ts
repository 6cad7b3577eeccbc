#!/usr/bin/env node
/** @file The executable pcp-run. */
import { runMain } from "#lib/driver/run.ts";
import { runAsProcess } from "#lib/driver/run-tool.ts";

await runAsProcess(runMain, "pcp-run");
