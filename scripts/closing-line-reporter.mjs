import { mkdirSync, writeFileSync } from 'node:fs';

/** Where the closing line of the last run is kept, for scripts that print it once more. */
export const CLOSING_LINE_FILE = '.cache/tests-closing-line.txt';

/** Names every skipped test, and ends the run with one line: `N passed, N failed`, and `, N skipped` if any were. */
export default class ClosingLineReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const ended = (state) => tests.filter((test) => test.result().state === state);
    const skipped = [...ended('skipped'), ...ended('pending')];
    // A file that cannot be loaded, a hook that throws and an unhandled rejection fail without a test of their own.
    const outside = modules
      .flatMap((module) => [module, ...module.children.allSuites()])
      .flatMap((task) => task.errors());
    const failed = ended('failed').length + outside.length + unhandledErrors.length;
    for (const test of skipped)
      console.log(`skipped: ${test.module.relativeModuleId} > ${test.fullName}`);
    const line = `${ended('passed').length} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`;
    mkdirSync('.cache', { recursive: true });
    writeFileSync(CLOSING_LINE_FILE, `${line}\n`);
    console.log(line);
  }
}
