#!/usr/bin/env node
/** @file `lit-js`: runs the RUN lines of test files. */
import { litMain } from "#lib/driver/lit.ts";
import { runAsProcess } from "#lib/driver/run-tool.ts";

await runAsProcess(litMain, "lit-js");
