let counter = 0;

/** Returns a name for a container or image that no other test run uses. */
export const uniqueName = (): string => {
  counter += 1;
  return `nvflare-dashboard-test-${process.pid}-${Date.now().toString(36)}-${counter}`;
};
