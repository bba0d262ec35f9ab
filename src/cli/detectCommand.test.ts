import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { encodeGreyPng } from "../io/png.js";
import { runDetect } from "./detectCommand.js";

const FIXTURES = join(import.meta.dirname, "fixtures/pictures");
const folder = mkdtempSync(join(tmpdir(), "vigie-detect-"));

let printed: string[] = [];
let said: string[] = [];
beforeEach(() => {
  printed = [];
  said = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => printed.push(String(text)) > 0);
  vi.spyOn(process.stderr, "write").mockImplementation((text) => said.push(String(text)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

type Line = { file: string; detections?: { x: number; y: number; w: number; h: number }[]; problem?: string };
const lines = (): Line[] => printed.map((text) => JSON.parse(text) as Line);
const detect = (...argv: readonly string[]): Promise<number> => runDetect([...argv, "--json"]);

/** Each of these pictures shows this one person. */
function expectPerson(line: Line | undefined, file: string): void {
  expect(line?.file).toBe(file);
  const boxes = line?.detections?.map(({ x, y, w, h }) => ({ x, y, w, h }));
  expect(boxes).toEqual([{ x: 70, y: 60, w: 6, h: 12 }]);
}

describe("vigie detect", () => {
  it("case 03: sees in 16-bit measurements what it sees in the stretched picture", async () => {
    for (const name of ["centikelvin16", "stretched8"]) {
      printed = [];
      expect(await detect(join(FIXTURES, name))).toBe(0);
      expectPerson(lines()[0], "person.png");
    }
  });

  it("case 11: one bad picture is told in words and never stops the folder", async () => {
    const mixed = join(folder, "mixed");
    mkdirSync(join(mixed, "more"), { recursive: true });
    cpSync(join(FIXTURES, "cutOff/a_cut_off.png"), join(mixed, "a_cut_off.png"));
    cpSync(join(FIXTURES, "stretched8/person.png"), join(mixed, "b_person.png"));
    writeFileSync(join(mixed, "c_empty.jpg"), "");
    writeFileSync(join(mixed, "notes.txt"), "hello");
    expect(await detect(mixed)).toBe(1);
    const [bad, good, empty] = lines();
    expect(bad).toEqual({ file: "a_cut_off.png", problem: expect.stringMatching(/PNG is cut off/) });
    expectPerson(good, "b_person.png");
    expect(empty).toEqual({ file: "c_empty.jpg", problem: "the file is empty" });
    const words = said.join("");
    expect(words).toContain("a_cut_off.png: the PNG is cut off");
    expect(words).toContain("left out, not pictures: more/ (a folder), notes.txt");
  });

  it("case 12: palettes, progressive JPEGs and a single picture are read", async () => {
    expect(await detect(join(FIXTURES, "palette"))).toBe(0);
    expect(await detect(join(FIXTURES, "progressive"))).toBe(0);
    expect(await detect(join(FIXTURES, "palette/person.png"))).toBe(0);
    expectPerson(lines()[0], "person.png");
    expectPerson(lines()[1], "grey_progressive.jpg");
    expectPerson(lines()[2], "person.png");
  });

  it("a picture too small to judge is told, not called empty", async () => {
    mkdirSync(join(folder, "small"));
    writeFileSync(join(folder, "small/dot.png"), encodeGreyPng(3, 3, new Uint8Array(9).fill(128)));
    expect(await detect(join(folder, "small"))).toBe(1);
    expect(lines()).toEqual([{ file: "dot.png", problem: expect.stringContaining("3 x 3 pixels, too few") }]);
  });

  it("findings 6.10: a pipe where a file is expected is refused by name and never waited for", async () => {
    const pipe = join(folder, "pipe.ts");
    execFileSync("mkfifo", [pipe]);
    for (const argv of [[pipe], [join(FIXTURES, "palette"), "--meta", pipe]]) {
      said = [];
      expect(await detect(...argv)).toBe(1);
      expect(said.join("")).toContain("this is a pipe, not a file");
    }
  });

  it("tells meta that fits no picture, and pictures without meta", async () => {
    const meta = join(folder, "meta.jsonl");
    const line = (file: string) => JSON.stringify({ file, heightAglM: 60, depressionDeg: 90, hfovDeg: 40 });
    writeFileSync(meta, `\uFEFF${line("other.png")}\r\n${line("third.png")}\r\n`);
    expect(await detect(join(FIXTURES, "palette"), "--meta", meta)).toBe(0);
    expect(said.join("")).toContain("meta for pictures that are not there: other.png, third.png");
    expect(said.join("")).toContain("no meta, so sizes and classes are not known: person.png");
  });

  const video = (name: string): string => join(import.meta.dirname, "fixtures/video", name);

  it("case 13: names what a video is coded in, and reads packets of 192 bytes", async () => {
    expect(await detect(video("h265.mpegts"))).toBe(1);
    expect(said.join("")).toContain("h265.mpegts: its video is H.265, which this station does not read");
    expect(lines()).toEqual([{ file: "h265.mpegts", problem: expect.stringContaining("H.265") }]);
    printed = [];
    expect(await detect(video("h264.m2ts"))).toBe(0);
    expect(lines()).toHaveLength(5);
  });

  it("case 17: of two programs the first is looked at, all the time", async () => {
    expect(await detect(video("two.mpegts"))).toBe(0);
    expect(lines()).toHaveLength(10);
    expect(lines().filter(({ detections }) => (detections ?? []).length === 1)).toHaveLength(10);
  });

  it("findings 4 E: what is no transport stream is named by its bytes, not by its name", async () => {
    const latin1 = (text: string): Uint8Array => Uint8Array.from(text.padEnd(300, "\0"), (c) => c.charCodeAt(0));
    for (const [bytes, words] of [
      ["\0\0\0\x20ftypisom", "its container is MP4"],
      ["\x1aE\xdf\xa3", "its container is Matroska or WebM"],
      ["\0\0\x01\xba", "its container is MPEG program stream"],
      ["\0\0\x01\xb3", "its video is MPEG-2"],
      ["\0\0\0\x01\x40\x01\x0c\x01", "its video is H.265"],
      ["hello", "this is no video of a kind that is known here"],
    ] as const) {
      said = [];
      writeFileSync(join(folder, "named-wrongly.ts"), latin1(bytes));
      expect(await detect(join(folder, "named-wrongly.ts"))).toBe(1);
      expect(said.join("")).toContain(words);
    }
  });

  it("no way of failing speaks of the program's insides", async () => {
    writeFileSync(join(folder, "hello.ts"), "hello");
    writeFileSync(join(folder, "empty.ts"), "");
    mkdirSync(join(folder, "nothing"));
    for (const path of ["hello.ts", "empty.ts", "nothing", "absent", "/dev/null"]) {
      said = [];
      expect(await detect(path.startsWith("/") ? path : join(folder, path))).toBe(1);
      expect(said.join("")).not.toMatch(/GenericFailure|no video$|Error|ENOENT|undefined/m);
      expect(said.join("").length).toBeGreaterThan(20);
    }
  });
});
