import { expect, it } from "vitest";
import { ok } from "../../core/result.js";
import { realSortieDisk } from "../../io/sortieDisk.js";
import { WholeFiles } from "./wholeFiles.js";

it.each([
  [500, "picture-0"],
  [501, "picture-1"],
])("of %i files that wait, the newest 500 are written, %s first", async (count, first) => {
  const files = new WholeFiles({ ...realSortieDisk, writeWhole: () => Promise.resolve(ok(undefined)) });
  for (let number = 0; number < count; number++) files.put(`picture-${number}`, "content");
  await files.write("folder");
  const paths = files.written().map(({ path }) => path);
  expect([paths.length, paths[0], paths.at(-1)]).toEqual([500, first, `picture-${count - 1}`]);
});
