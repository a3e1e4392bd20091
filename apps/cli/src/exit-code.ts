/** What the process ends with; continuous integration reads nothing else. */
export const EXIT_CODE = {
  passed: 0,
  couldNotRun: 1,
  wrongUsage: 2,
  /** A gate said no or could not tell, or a test failed. */
  failed: 100,
} as const;

export type ExitCode = (typeof EXIT_CODE)[keyof typeof EXIT_CODE];
