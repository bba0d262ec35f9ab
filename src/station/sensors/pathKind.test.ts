import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { detectInFolder, detectInPicture } from "./detectPictures.js";
import { readMetaText } from "./metaFile.js";
import { pathKind } from "./pathKind.js";

const folder = mkdtempSync(path.join(tmpdir(), "vigie-path-"));
const inFolder = (name: string, content: string | Uint8Array): string => {
  writeFileSync(path.join(folder, name), content);
  return path.join(folder, name);
};
/** The smallest PNG: one grey pixel. */
const ONE_PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==",
  "base64",
);

it("a path is a folder, a picture by its first bytes whatever its name, or else a video", async () => {
  expect(await pathKind(folder)).toEqual({ ok: true, value: "folder" });
  expect(await pathKind(inFolder("video.ts", ONE_PIXEL))).toEqual({ ok: true, value: "picture" });
  expect(await pathKind(inFolder("picture.png", "no picture at all"))).toEqual({ ok: true, value: "video" });
  expect(await pathKind(path.join(folder, "missing"))).toEqual({ ok: false, error: { kind: "not-there" } });
  expect(await pathKind("/dev/null")).toEqual({ ok: false, error: { kind: "not-a-file", what: "device" } });
});

it("a picture too small to tell an object from what surrounds it is named, in a folder and alone", async () => {
  const small = inFolder("small.png", ONE_PIXEL);
  const problems: unknown[] = [];
  const pictures: unknown[] = [];
  const listener = {
    onPicture: (picture: unknown) => pictures.push(picture),
    onProblem: (file: string, problem: object) => problems.push([file, problem]),
    onLeftOut: () => undefined,
    onFurtherPages: () => undefined,
  };
  expect(await detectInPicture(small, { listener, meta: new Map() })).toEqual(["small.png"]);
  expect(problems).toEqual([["small.png", { kind: "too-few-pixels", widthPx: 1, heightPx: 1 }]]);
  const found = await detectInFolder(folder, { listener, meta: new Map() });
  expect(found).toMatchObject({ ok: true });
  expect(problems.length).toBeGreaterThan(1);
  expect(pictures).toEqual([]);
});

it("meta lines are read whole; a file that is missing is named", async () => {
  expect(await readMetaText(inFolder("meta.jsonl", '{"file":"a"}\n'))).toEqual({ ok: true, value: '{"file":"a"}\n' });
  expect(await readMetaText(path.join(folder, "none.jsonl"))).toEqual({ ok: false, error: { kind: "not-there" } });
});
