import { describe, expect, it } from "vitest";
import { encodeFrame } from "../../../mavlink/encode.js";
import type { MavlinkFrame } from "../../../mavlink/frame.js";
import { createReader } from "../../../mavlink/reader.js";
import { aServiceContext } from "../../testing/serviceContext.js";
import { FtpRunner } from "../ftpRunner.js";
import { MetadataFetcher } from "./metadataFetcher.js";

const PARAMETER = 1;

function metadataFrame(uri: string, componentId = 1): MavlinkFrame {
  const frames: MavlinkFrame[] = [];
  const fields = { uri, file_crc: 7 };
  const bytes = encodeFrame({ name: "COMPONENT_METADATA", fields, systemId: 3, componentId, seq: 0, version: 2 });
  createReader({ isDatagram: true }).push(bytes, (frame) => frames.push(frame));
  return frames[0]!;
}

function aFetcher() {
  const { context, clock, sent } = aServiceContext();
  const files = new FtpRunner(context.link, clock);
  const fetcher = new MetadataFetcher(context, files);
  /** Lets the promises settle that wait for the clock. */
  const pass = async (forMs: number): Promise<void> => {
    clock.advance(forMs);
    await new Promise((resolve) => setImmediate(resolve));
  };
  const names = () => sent.map(({ name, fields }) => (name === "COMMAND_LONG" ? fields["param1"] : name));
  return { fetcher, files, clock, pass, names };
}

describe("a vehicle's metadata", () => {
  it("is asked for three times, longer apart than a reply takes, and then no more", async () => {
    const { fetcher, clock, pass, names } = aFetcher();
    const fetched = fetcher.fetch(PARAMETER);
    await pass(1499);
    expect(names()).toEqual([397]);
    await pass(1);
    expect(names()).toEqual([397, 397]);
    await pass(1500);
    expect(names()).toEqual([397, 397, 397]);
    await pass(1500);
    expect(await fetched).toBeUndefined();
    expect([names().length, clock.countOfWaiting()]).toEqual([3, 0]);
  });

  it("is asked for no more once it is cancelled, not even at once", async () => {
    const { fetcher, clock, pass, names } = aFetcher();
    const fetched = fetcher.fetch(PARAMETER);
    fetcher.cancel();
    await pass(10);
    expect([names(), clock.countOfWaiting()]).toEqual([[397], 0]);
    expect(await fetched).toBeUndefined();
  });

  it("is not fetched when it is cancelled right after the reply", async () => {
    const { fetcher, names } = aFetcher();
    const fetched = fetcher.fetch(PARAMETER);
    fetcher.onFrame(metadataFrame("mftp://etc/general.json"));
    fetcher.cancel();
    expect(await fetched).toBeUndefined();
    expect(names()).toEqual([397]);
  });

  it("is fetched as the autopilot says, whatever other components say; a cancelled file ends it", async () => {
    const { fetcher, pass, names } = aFetcher();
    const fetched = fetcher.fetch(PARAMETER);
    fetcher.onFrame(metadataFrame("mftp://etc/camera.json", 100));
    await pass(10);
    expect(names()).toEqual([397]);
    fetcher.onFrame(metadataFrame("mftp://etc/general.json"));
    await expect.poll(names).toEqual([397, "FILE_TRANSFER_PROTOCOL"]);
    fetcher.cancel();
    expect(await fetched).toBeUndefined();
    // An earlier cancellation does not spoil the next one.
    const again = fetcher.fetch(PARAMETER);
    fetcher.onFrame(metadataFrame("mftp://etc/general.json"));
    await expect.poll(names).toEqual([397, "FILE_TRANSFER_PROTOCOL", 397, "FILE_TRANSFER_PROTOCOL"]);
    fetcher.cancel();
    expect(await again).toBeUndefined();
  });

  it("that is only on the internet is none", async () => {
    const { fetcher, names } = aFetcher();
    const fetched = fetcher.fetch(PARAMETER);
    fetcher.onFrame(metadataFrame("https://example.org/general.json"));
    expect(await fetched).toBeUndefined();
    expect(names()).toEqual([397]);
  });
});
