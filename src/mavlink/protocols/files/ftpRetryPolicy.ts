/** How long to wait for a reply, and how often to try. */
export type FtpRetryPolicy = {
  readonly firstMs: number;
  readonly longestMs: number;
  readonly growth: number;
  readonly triesMax: number;
  /** Closing gets fewer tries: a session that nobody uses times out by itself. */
  readonly closingTriesMax: number;
  /** Time-out for a checksum: the server reads the whole file first. */
  readonly slowMs: number;
};

export const DEFAULT_FTP_RETRY_POLICY: FtpRetryPolicy = {
  firstMs: 1000,
  longestMs: 6000,
  growth: 1.5,
  // At 10 % loss each way an exchange fails one time in five: ten tries fail about once in eight million.
  triesMax: 10,
  closingTriesMax: 3,
  slowMs: 8000,
};

/**
 * Time-outs for a link. The 50 ms of MAVLink's page suit a cable. A radio needs its round-trip time twice, because a
 * full queue lengthens it; a busy autopilot is given 300 ms on any link. Round trip in milliseconds, undefined when
 * never measured.
 */
export function ftpRetryPolicyFor(roundTripMs: number | undefined): FtpRetryPolicy {
  if (roundTripMs === undefined) return DEFAULT_FTP_RETRY_POLICY;
  return { ...DEFAULT_FTP_RETRY_POLICY, firstMs: Math.min(5000, Math.max(400, 300 + 2 * roundTripMs)) };
}
