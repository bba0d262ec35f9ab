/** The simulator as a process, in a scenario with a file of heights. */
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { expect, it } from "vitest";
import { hillFiles } from "./testing/hillScene.js";
import { ended, runVigie } from "./testing/sortieRun.js";

const TS_SYNC = 0x47;

it("films on the files' ground, and without one of them does not start", async () => {
  const { scenarioFile, heightsFile } = hillFiles();
  const receiver = createSocket("udp4");
  receiver.bind(0, "127.0.0.1");
  await once(receiver, "listening");
  const { port } = receiver.address();
  const words = ["sim", "--scenario", scenarioFile, "--mavlink", "tcpin:0", "--video", `udp://127.0.0.1:${port}`];
  const flying = runVigie(words);
  const [packet] = (await once(receiver, "message")) as [Buffer];
  expect(packet[0]).toBe(TS_SYNC);
  flying.kill("SIGTERM");
  const flown = await ended(flying);
  receiver.close();
  expect(flown.status).toBe(0);
  expect(flown.stderr).toContain('"hill"');

  rmSync(heightsFile);
  const refused = await ended(runVigie(words));
  expect(refused.status).toBe(1);
  expect(refused.stderr).toBe(`vigie sim: ${scenarioFile}: terrain.files: ${heightsFile}: no such file\n`);
});
