#!/usr/bin/env node
/** @file The pcp-export executable. */
import { exportMain } from "#lib/driver/export.ts";
import { runAsProcess } from "#lib/driver/run-tool.ts";

await runAsProcess(exportMain, "pcp-export");
