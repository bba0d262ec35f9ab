/** What is printed when the station is killed under `vigie start --browser`. */
import { readFileSync, readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { freePort } from "../io/testing/freePort.js";
import { ended, runVigie } from "../../sim/testing/sortieRun.js";

const parentOf = (pid: string): number => {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[1]);
  } catch {
    // The process has ended meanwhile.
    return -1;
  }
};
const childrenOf = (pid: number): readonly number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
    .map(Number);

it("is told that it was ended, what the aircraft do, and what to do now", async () => {
  const start = runVigie(["start", "--browser", "--link", `udp://:${await freePort()}`]);
  const over = ended(start);
  let printed = "";
  await new Promise<void>((resolve) => {
    start.stderr?.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes("Open the address above")) resolve();
    });
  });
  const deepest = (pid: number): number => {
    const [child] = childrenOf(pid);
    return child === undefined ? pid : deepest(child);
  };
  process.kill(deepest(start.pid!), "SIGKILL");
  const { status, stderr } = await over;
  expect(status).not.toBe(0);
  expect(stderr).toContain("ended from outside (SIGKILL); the aircraft were told nothing");
  expect(stderr).toContain("Start it again with the same command and open the address");
});
