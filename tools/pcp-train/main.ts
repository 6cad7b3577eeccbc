#!/usr/bin/env node
/** @file Runs the pcp-train tool on this process. */
import { runAsProcess } from "#lib/driver/run-tool.ts";
import { trainMain } from "#lib/driver/train.ts";

await runAsProcess(trainMain);
