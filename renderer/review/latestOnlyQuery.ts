/**
 * Runs one query at a time. While one is running only the latest requested time is kept, so that scrubbing never queues
 * queries whose results nobody will see.
 */
export class LatestOnlyQuery {
  readonly #ask: (unixTimeUs: number) => Promise<void>;
  #isAsking = false;
  #wantedUnixUs: number | undefined;

  constructor(ask: (unixTimeUs: number) => Promise<void>) {
    this.#ask = ask;
  }

  request(unixTimeUs: number): void {
    this.#wantedUnixUs = unixTimeUs;
    if (!this.#isAsking) void this.#run();
  }

  cancel(): void {
    this.#wantedUnixUs = undefined;
  }

  async #run(): Promise<void> {
    this.#isAsking = true;
    while (this.#wantedUnixUs !== undefined) {
      const unixTimeUs = this.#wantedUnixUs;
      this.#wantedUnixUs = undefined;
      await this.#ask(unixTimeUs);
    }
    this.#isAsking = false;
  }
}
