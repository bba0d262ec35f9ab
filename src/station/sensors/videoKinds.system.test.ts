/** What cameras send to the video port besides a plain transport stream, over real sockets, by ffmpeg. */
import { execFileSync, spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { encodeFrame } from "../../mavlink/encode.js";
import { createTsDemuxer } from "../../video/tsDemuxer.js";
import { Children, eventually, joinAsScreen, ofKind, serve, VIGIE } from "../testing/servedStation.js";

const children = new Children();
afterEach(() => children.killAll());

const socket = createSocket("udp4");
function sendHeartbeat(port: number): void {
  const fields = { type: 2, autopilot: 3, base_mode: 209, custom_mode: 3, system_status: 4, mavlink_version: 3 };
  socket.send(
    encodeFrame({ name: "HEARTBEAT", fields, systemId: 1, componentId: 1, seq: 0, version: 2 }),
    port,
    "127.0.0.1",
  );
}

const PICTURE = ["-f", "lavfi", "-i", "testsrc=size=320x256:rate=20", "-t", "120"];
const H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-g", "20", "-pix_fmt", "yuv420p"];
const ffmpeg = (...args: readonly string[]) =>
  children.add("ffmpeg", ["-hide_banner", "-loglevel", "error", "-re", ...args]);

describe.skipIf(spawnSync("ffmpeg", ["-version"]).status !== 0)("the video port (skipped without ffmpeg)", () => {
  it("case 25: RTP with H.264 is shown, recorded as a file that is read again, and nothing is complained of", async () => {
    const { url, linkPort, videoPort, dataFolder } = await serve(children);
    const { received: heard, close } = joinAsScreen(url);
    const beat = setInterval(() => sendHeartbeat(linkPort), 500);
    // ffmpeg puts parameter sets into its session description only; cameras repeat them in the stream.
    ffmpeg(...PICTURE, ...H264, "-bsf:v", "dump_extra", "-f", "rtp", `rtp://127.0.0.1:${videoPort}`);
    await eventually(() => ofKind(heard, "video-frame").length >= 60, 60_000).toBe(true);
    clearInterval(beat);
    close();
    expect(ofKind(heard, "notice").filter(({ notice }) => notice.id === "video")).toEqual([]);
    const [sortie = ""] = readdirSync(join(dataFolder, "sorties"));
    const recorded = join(dataFolder, "sorties", sortie, "video.ts");
    expect(createTsDemuxer().push(readFileSync(recorded)).length).toBeGreaterThan(30);
    const printed = execFileSync(process.execPath, [VIGIE, "detect", recorded, "--json"], { encoding: "utf8" });
    expect(printed.trim().split("\n").length).toBeGreaterThan(30);
  });

  it("case 25: a clip sent as it is, without parameter sets, is told in words; so are H.265 and MPEG-2", async () => {
    const folder = mkdtempSync(join(tmpdir(), "vigie-kinds-"));
    const clip = join(folder, "v.mp4");
    execFileSync("ffmpeg", ["-v", "error", ...PICTURE.slice(0, 4), "-t", "4", ...H264, clip]);
    const { url, videoPort } = await serve(children);
    const { received: heard, close } = joinAsScreen(url);
    const target = `127.0.0.1:${videoPort}`;
    const lastKey = () => ofKind(heard, "notice").findLast(({ notice }) => notice.id === "video")?.notice;
    const sending = [
      [
        ["-stream_loop", "-1", "-i", clip, "-an", "-c", "copy", "-f", "rtp", `rtp://${target}`],
        "video.rtp-no-parameters",
        {},
      ],
      [
        [...PICTURE, "-c:v", "libx265", "-x265-params", "log-level=none", "-f", "rtp", `rtp://${target}`],
        "video.rtp-codec",
        { codec: "H.265" },
      ],
      [
        [...PICTURE, "-c:v", "mpeg2video", "-f", "mpegts", `udp://${target}?pkt_size=1316`],
        "video.codec",
        { codec: "MPEG-2" },
      ],
    ] as const;
    for (const [args, key, facts] of sending) {
      const sender = ffmpeg(...args);
      await eventually(() => lastKey(), 60_000).toMatchObject({ key, facts });
      sender.kill("SIGKILL");
    }
    const sender = ffmpeg(...PICTURE, ...H264, "-f", "mpegts", `udp://${target}?pkt_size=1316`);
    await eventually(() => lastKey(), 60_000).toMatchObject({ key: "video.back", severity: "info" });
    sender.kill("SIGKILL");
    close();
  });
});
