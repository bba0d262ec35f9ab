import { readFileSync } from "node:fs";
import type { FieldValue, MavlinkFields } from "../frame.js";

type GoldenFields = Readonly<Record<string, number | string | readonly number[]>>;
export type GoldenFrame = {
  readonly name: string;
  readonly msgId: number;
  readonly version: 1 | 2;
  readonly mode: "zero" | "edge" | "random";
  readonly sysid: number;
  readonly compid: number;
  readonly seq: number;
  readonly hex: string;
  readonly fields: GoldenFields;
};
export type SignedFrame = Pick<GoldenFrame, "name" | "msgId" | "seq" | "hex" | "fields"> & {
  readonly linkId: number;
  // eslint-disable-next-line id-denylist -- the fixture's own name
  readonly timestamp: string;
};

const fixture = (file: string) => new URL(`../fixtures/${file}`, import.meta.url);
const json = (file: string): unknown => JSON.parse(readFileSync(fixture(file), "utf8"));

export const goldenFrames = (): readonly GoldenFrame[] =>
  (json("mavlink-golden.json") as { frames: GoldenFrame[] }).frames;
export const signedFrames = () => json("mavlink-signed.json") as { secretKeyHex: string; frames: SignedFrame[] };
export const recording = (name: "copter" | "plane"): Uint8Array =>
  new Uint8Array(readFileSync(fixture(`ardupilot-${name}.tlog`)));
export const summary = (name: "copter" | "plane"): unknown => json(`ardupilot-${name}.summary.json`);

export const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/**
 * The golden file writes 64-bit integers as strings; the type of the decoded value `like` tells which fields those are.
 */
export function wireFieldsOf(golden: GoldenFields, like: MavlinkFields): MavlinkFields {
  const entries = Object.entries(golden).map(([name, value]): [string, FieldValue] => [
    name,
    typeof like[name] === "bigint" ? BigInt(value as string) : value,
  ]);
  return Object.fromEntries(entries);
}
