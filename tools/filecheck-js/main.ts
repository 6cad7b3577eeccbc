#!/usr/bin/env node
/** @file `filecheck-js`: checks a text against the directives in a check file. */
import { fileCheckMain } from "#lib/driver/filecheck.ts";
import { runAsProcess } from "#lib/driver/run-tool.ts";

await runAsProcess(fileCheckMain, "filecheck-js");
