// Vitest reporter: why each skipped test was skipped, and last the line `N passed, N failed, N skipped`.
export default class SummaryReporter {
  onInit(vitest) {
    this.vitest = vitest;
  }

  onTestRunEnd(testModules, unhandledErrors) {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    // Tests that `-t` leaves out are skipped too, without a reason worth a line.
    const selected = this.vitest?.config.testNamePattern !== undefined;
    for (const module of testModules) {
      // A file that could not even be loaded is a failure that no test stands for.
      if (module.errors().length > 0) counts.failed++;
      for (const test of module.children.allTests()) {
        const { state, note } = test.result();
        if (state === "skipped" && (note !== undefined || !selected))
          process.stdout.write(`skipped: ${test.fullName}: ${note ?? "no reason given"}\n`);
        if (state in counts) counts[state]++;
      }
    }
    counts.failed += unhandledErrors.length;
    process.stdout.write(
      `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`,
    );
  }
}
