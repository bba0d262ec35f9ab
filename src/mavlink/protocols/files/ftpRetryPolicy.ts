/** How long to wait for an answer, and how often to ask. */
export type FtpRetryPolicy = {
  readonly firstMs: number;
  readonly longestMs: number;
  readonly growth: number;
  readonly triesMax: number;
  /** A session nobody answers to any more runs out by itself. */
  readonly closingTriesMax: number;
  /** For a checksum: the server reads the whole file first. */
  readonly slowMs: number;
};

export const DEFAULT_FTP_RETRY_POLICY: FtpRetryPolicy = {
  firstMs: 1000,
  longestMs: 6000,
  growth: 1.5,
  // At 10 % loss each way an exchange fails one time in five: ten tries fail once in eight million.
  triesMax: 10,
  closingTriesMax: 3,
  slowMs: 8000,
};

/**
 * The page's 50 ms are for a cable. A radio needs its round trip, and again as long because a full queue grows it; a busy
 * autopilot is given 300 ms on any link. Round trip in milliseconds, undefined when it was never measured.
 */
export function ftpRetryPolicyFor(roundTripMs: number | undefined): FtpRetryPolicy {
  if (roundTripMs === undefined) return DEFAULT_FTP_RETRY_POLICY;
  return { ...DEFAULT_FTP_RETRY_POLICY, firstMs: Math.min(5000, Math.max(400, 300 + 2 * roundTripMs)) };
}
