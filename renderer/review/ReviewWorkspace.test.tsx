// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { err, ok } from "../../src/core/result.js";
import type { UiRequest } from "../../src/contract/messages.js";
import { keyStore, routeKeys } from "../app/actions.js";
import { done } from "../bridge/testing/fakeTransport.js";
import { demoRecording } from "../bridge/testing/fakeWorld.js";
import { StoresProvider } from "../bridge/StoresContext.js";
import { aStation } from "../bridge/testing/builders.js";
import { reviewStore } from "./reviewStore.js";
import { ReviewWorkspace } from "./ReviewWorkspace.js";

vi.mock("./ReviewScene.js", () => ({ ReviewScene: () => null }));

const document = demoRecording(1_795_400_000_000_000);
const answer = (request: UiRequest) => {
  if (request.kind === "list-recordings") {
    const recording = {
      path: "/s/a",
      name: document.name,
      kind: "sortie",
      bytes: 48_200_000,
      isSealed: false,
    } as const;
    return ok({ kind: "recordings", recordings: [recording] } as const);
  }
  if (request.kind === "open-recording") return ok({ kind: "recording", document } as const);
  if (request.kind === "open-recording-bytes")
    return err({ kind: "bad-file", path: request.name, where: "byte 0", problem: "no MAVLink" } as const);
  if (request.kind === "recording-frame") return ok({ kind: "frame", frame: undefined } as const);
  return done;
};
const key = (init: KeyboardEventInit): void => {
  act(() => {
    window.dispatchEvent(new KeyboardEvent("keydown", { cancelable: true, ...init }));
  });
};
const text = (id: string): string => screen.getByTestId(id).textContent.replaceAll("\u00a0", " ");

let stop = (): void => undefined;

async function open() {
  const station = aStation();
  station.transport.answerWith(answer);
  stop = routeKeys(window, station.stores.get(keyStore));
  render(
    <StoresProvider stores={station.stores}>
      <ReviewWorkspace />
    </StoresProvider>,
  );
  fireEvent.click(await screen.findByTestId("recording"));
  await screen.findByTestId("timeline");
  return station;
}

describe("Review workspace", () => {
  afterEach(() => {
    stop();
    cleanup();
  });

  it("lists recordings and says which were not closed properly", async () => {
    await open();
    expect(text("recording")).toContain("not closed");
    expect(text("review-unsealed")).toContain("Not closed properly");
    expect(text("review-problems")).toContain("offset 1482113");
  });

  it("reports what the recording holds", async () => {
    await open();
    const report = text("review-report");
    for (const words of ["8.21 km", "58.4 m", "98 % → 48 %", "LOITER", "EKF variance", "48211"])
      expect(report).toContain(words);
  });

  it("seeks with the keys and shows that moment", async () => {
    const { stores } = await open();
    expect([text("review-mode"), text("review-armed")]).toEqual(["STABILIZE", "disarmed"]);
    key({ key: "ArrowRight", shiftKey: true });
    expect([text("review-mode"), text("review-armed"), text("review-height")]).toEqual(["AUTO", "ARMED", "40 m"]);
    key({ key: "End" });
    expect(text("review-mode")).toBe("RTL");
    expect(stores.get(reviewStore).player.get()?.clock.get().atUnixUs).toBe(document.report.lastUnixUs);
  });

  it("plays and pauses with the space bar, at the pace chosen", async () => {
    const { stores } = await open();
    fireEvent.click(screen.getByTestId("pace-8"));
    key({ key: " " });
    const { clock } = stores.get(reviewStore).player.get()!;
    expect(clock.get()).toMatchObject({ isPlaying: true, paceFactor: 8 });
    expect(screen.getByTestId("replay-play").textContent).toContain("Pause");
    key({ key: " " });
    expect(clock.get().isPlaying).toBe(false);
  });

  it("says why a file cannot be opened and keeps the open recording", async () => {
    await open();
    const file = new File([new Uint8Array([1, 2])], "garbage.tlog");
    fireEvent.change(screen.getByTestId("tlog-file"), { target: { files: [file] } });
    expect((await screen.findByTestId("recording-failure")).textContent).toContain(
      "garbage.tlog cannot be read at byte 0: no MAVLink",
    );
    expect(screen.getByTestId("timeline")).toBeDefined();
  });

  it.each([
    ["coast.waypoints", "this is a plan: open it in Plan"],
    ["beach.kml", "this is an area: open it in Plan"],
  ])("says where %s belongs, without asking the station", async (name, words) => {
    const { transport } = await open();
    const countBefore = transport.requests().length;
    const file = new File([new Uint8Array([1, 2])], name);
    fireEvent.change(screen.getByTestId("tlog-file"), { target: { files: [file] } });
    expect((await screen.findByTestId("recording-failure")).textContent).toContain(words);
    expect(
      transport
        .requests()
        .slice(countBefore)
        .map(({ kind }) => kind),
    ).not.toContain("open-recording-bytes");
  });

  it("closes the recording before only when the next is there", async () => {
    const { transport } = await open();
    fireEvent.click(screen.getByTestId("recording"));
    await expect
      .poll(() => transport.requests().filter(({ kind }) => kind === "close-recording"))
      .toEqual([{ kind: "close-recording", recordingId: "demo" }]);
  });

  const opening = (fraction: number) => (request: UiRequest) => {
    if (request.kind === "open-recording-bytes") return undefined; // the station is still reading
    if (request.kind !== "list-recordings") return answer(request);
    const name = "long.bin";
    const recording = { path: name, name, kind: "log", bytes: 9, isSealed: true, openedFraction: fraction } as const;
    return ok({ kind: "recordings", recordings: [recording] } as const);
  };

  it("opens a log that is dropped on it, says how far it is and stops when told to", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { transport } = await open();
    transport.answerWith(opening(0.43));
    const file = new File([new Uint8Array([1, 2])], "long.bin");
    fireEvent.drop(screen.getByTestId("review-workspace"), { dataTransfer: { files: [file], types: ["Files"] } });
    await screen.findByTestId("recording-opening");
    await act(() => vi.advanceTimersByTimeAsync(600));
    expect(text("recording-opening")).toContain("Reading long.bin… 43 %");
    fireEvent.click(screen.getByTestId("stop-opening"));
    expect(transport.requests().at(-1)).toEqual({ kind: "close-recording", recordingId: "long.bin" });
    const requestId = transport.sent.findLast(
      (message) => message.kind === "request" && message.request.kind === "open-recording-bytes",
    );
    if (requestId?.kind !== "request") throw new Error("nothing was asked");
    const result = err({ kind: "log", failure: { kind: "cancelled" } } as const);
    act(() => transport.receive({ kind: "reply", requestId: requestId.requestId, result }));
    await expect.poll(() => screen.queryByTestId("recording-opening")).toBeNull();
    expect(screen.queryByTestId("recording-failure")).toBeNull();
    vi.useRealTimers();
  });

  it("findings 6.10: hands a large log over in parts, in order, and shows it when the last is there", async () => {
    const { transport } = await open();
    const part = 4 * 1024 * 1024;
    transport.answerWith((request) =>
      request.kind === "open-recording-part" && request.offsetBytes === 2 * part
        ? ok({ kind: "recording", document } as const)
        : answer(request),
    );
    const file = new File([new Uint8Array(2 * part + 5)], "long.bin");
    fireEvent.drop(screen.getByTestId("review-workspace"), { dataTransfer: { files: [file], types: ["Files"] } });
    await expect.poll(() => transport.requests().at(-1)?.kind).toBe("close-recording");
    const parts = transport.requests().flatMap((request) => (request.kind === "open-recording-part" ? [request] : []));
    expect(parts.map(({ offsetBytes, bytes }) => [offsetBytes, bytes.byteLength])).toEqual([
      [0, part],
      [part, part],
      [2 * part, 5],
    ]);
    expect(new Set(parts.map(({ uploadId }) => uploadId)).size).toBe(1);
  });

  it("takes logs of every kind through its door", async () => {
    await open();
    expect(screen.getByTestId("tlog-file").getAttribute("accept")).toBe(".tlog,.bin,.ulg,.log");
  });
});
