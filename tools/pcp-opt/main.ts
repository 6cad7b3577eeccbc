#!/usr/bin/env node
/** @file The executable pcp-opt. */
import { optMain } from "#lib/driver/opt.ts";
import { runAsProcess } from "#lib/driver/run-tool.ts";

await runAsProcess(optMain, "pcp-opt");
