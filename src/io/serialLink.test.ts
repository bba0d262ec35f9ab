import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { filter, take } from "rxjs";
import { SerialPortMock } from "serialport";
import { afterEach, describe, expect, it } from "vitest";
import { FakeClock } from "../core/fakeClock.js";
import { ok } from "../core/result.js";
import { seededRng } from "../core/rng.js";
import type { LinkChunk, LinkPort, LinkPortState } from "./linkPort.js";
import { openLink } from "./openLink.js";
import { realClock, realScheduler } from "./realClock.js";
import { openSerialLink } from "./serialLink.js";
import { listSerialPorts, type SerialDriver } from "./serialPorts.js";

const opened: LinkPort[] = [];
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const port of opened.splice(0)) await port.dispose();
  for (const child of children.splice(0)) child.kill("SIGKILL");
  SerialPortMock.binding.reset();
});

const stateOf = (port: LinkPort, kind: LinkPortState["kind"]): Promise<LinkPortState> =>
  new Promise((resolve, reject) => {
    const wanted$ = port.state$.pipe(filter((state) => state.kind === kind));
    wanted$.pipe(take(1)).subscribe({ next: resolve, error: reject });
  });
const nextText = (port: LinkPort): Promise<string> =>
  new Promise((resolve, reject) => {
    const next = ({ bytes }: LinkChunk): void => resolve(Buffer.from(bytes).toString());
    port.chunks$.pipe(take(1)).subscribe({ next, error: reject });
  });

const DEVICE = "/dev/ttyFAKE0";
const mock: SerialDriver = {
  isThere: () => Promise.resolve(true),
  create: (path, baudRate) => new SerialPortMock({ path, baudRate, autoOpen: false }),
  list: () => Promise.reject(Object.assign(new Error("spawn udevadm ENOENT"), { code: "ENOENT" })),
};
const load = () => Promise.resolve(ok(mock));

describe("a serial link", () => {
  it("waits for a device that is not there yet, and opens it when it is plugged in", async () => {
    const clock = new FakeClock();
    const options = { clock, scheduler: clock, rng: seededRng(3), load };
    const link = openSerialLink("serial:x", { device: DEVICE, baudRate: 57_600 }, options);
    opened.push(link);
    expect(await stateOf(link, "failed")).toMatchObject({
      because: /does not exist/,
      retryAtMonoMs: expect.any(Number),
    });
    SerialPortMock.binding.createPort(DEVICE, { echo: true, record: true });
    clock.advance(1000);
    expect(await stateOf(link, "open")).toMatchObject({ address: DEVICE, port: 57_600 });
    const received = nextText(link);
    link.send(Buffer.from("hello"));
    expect(await received).not.toBe("");
  });

  const hasPython = process.platform !== "win32" && spawnSync("python3", ["-c", "import pty"]).status === 0;

  it.skipIf(!hasPython)(
    "on a pseudo terminal speaks both ways, and is lost when it is pulled out (needs python3)",
    async () => {
      const script = [
        "import os,pty,sys,tty",
        "m,s=pty.openpty(); tty.setraw(s); tty.setraw(m); print(os.ttyname(s),flush=True)",
        "os.write(m,os.read(m,64)[::-1]); sys.stdin.read(1); os.close(s); os.close(m)",
      ].join("\n");
      const python = spawn("python3", ["-c", script], { stdio: ["pipe", "pipe", "inherit"] });
      children.push(python);
      const device = await new Promise<string>((resolve) =>
        python.stdout.once("data", (text: Buffer) => resolve(text.toString().trim())),
      );
      const link = openLink(`serial:${device}:57600`, { clock: realClock, scheduler: realScheduler });
      if (!link.ok) throw new Error(link.error.problem);
      opened.push(link.value);
      await stateOf(link.value, "open");
      const received = nextText(link.value);
      link.value.send(Buffer.from("abc"));
      expect(await received).toBe("cba");
      const lost = stateOf(link.value, "lost");
      python.stdin.write("x");
      expect(await lost).toMatchObject({ retryAtMonoMs: expect.any(Number) });
    },
  );
});

describe("the list of serial ports", () => {
  it("is read from the device folder where the system's own list is missing", async () => {
    expect(await listSerialPorts(load, "/nowhere")).toEqual([]);
  });
});
