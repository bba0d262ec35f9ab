/** For what a process left behind under a name with its number in it: whether no process has that number now. */
export function isEndedProcess(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return false;
  } catch (cause: unknown) {
    // EPERM: it runs, and belongs to somebody else.
    return (cause as NodeJS.ErrnoException).code === "ESRCH";
  }
}
