#!/usr/bin/env node
/** @file The executable pcp-autodiff. */
import { autodiffMain } from "#lib/driver/autodiff.ts";
import { runAsProcess } from "#lib/driver/run-tool.ts";

await runAsProcess(autodiffMain, "pcp-autodiff");
