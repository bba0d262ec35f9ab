// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { err, ok } from "../../../src/core/result.js";
import type { UiRequest } from "../../../src/contract/messages.js";
import type { LogDownload, LogEntry } from "../../../src/contract/serviceMessages.js";
import { shownWorkspace } from "../../app/workspace.js";
import { aVehicle, type FakeStation, VEHICLE } from "../../bridge/testing/builders.js";
import { done } from "../../bridge/testing/fakeTransport.js";
import { demoRecording } from "../../bridge/testing/fakeWorld.js";
import { armed, openSetup, receive } from "../testing/openSetup.js";

afterEach(cleanup);

const logs: readonly LogEntry[] = [
  { logId: "1", name: "00000001.BIN", sizeBytes: 912_000, unixTimeUs: undefined, file: undefined },
  { logId: "3", name: "00000003.BIN", sizeBytes: 18_400_000, unixTimeUs: 1_795_399_000e6, file: undefined },
  { logId: "2", name: "00000002.BIN", sizeBytes: 62_100_000, unixTimeUs: 1_795_310_000e6, file: "logs/2.BIN" },
];
const answers = (request: UiRequest) => {
  if (request.kind === "list-logs") return ok({ kind: "logs", logs } as const);
  if (request.kind === "open-recording") return ok({ kind: "recording", document: demoRecording(0) } as const);
  return request.kind === "download-log" ? undefined : done;
};
const sent = (station: FakeStation, kind: UiRequest["kind"]) =>
  station.transport.requests().filter((request) => request.kind === kind);
const text = (id: string): string => screen.getByTestId(id).textContent.replaceAll("\u00a0", " ");

const download = (change: Partial<LogDownload>) => {
  const base: LogDownload = {
    logId: "3",
    phase: "running",
    way: "ftp",
    bytesDone: 4_600_000,
    bytesTotal: 18_400_000,
    bytesPerS: 1_150_000,
    file: undefined,
    failure: undefined,
  };
  return { kind: "log-download", vehicleId: VEHICLE, download: { ...base, ...change } } as const;
};

describe("the Logs page", () => {
  it("lists by itself, newest first, and marks what is here", async () => {
    openSetup("logs", { answers });
    await screen.findByTestId("log-3");
    const rows = screen.getAllByRole("row").map((row) => row.dataset["testid"]);
    expect(rows).toEqual([undefined, "log-3", "log-2", "log-1"]);
    expect(text("log-3")).toContain("18.4 MB");
    expect(text("log-2")).toContain("on this computer");
    expect(text("log-1")).toContain("no clock yet on board");
  });

  it("downloads with progress, rate and time left; cancels; goes on", async () => {
    const station = openSetup("logs", { answers });
    fireEvent.click(await screen.findByTestId("log-download-3"));
    expect(sent(station, "download-log")).toEqual([{ kind: "download-log", vehicleId: VEHICLE, logId: "3" }]);
    receive(station, download({}));
    expect(text("log-3")).toContain("4.6 MB of 18.4 MB, 1.1 MB/s, 0:12 left");
    fireEvent.click(screen.getByTestId("log-download-1"));
    expect(sent(station, "download-log")).toHaveLength(1);
    fireEvent.click(screen.getByTestId("log-cancel"));
    expect(sent(station, "cancel-log")).toHaveLength(1);
    receive(station, download({ phase: "failed", failure: { kind: "vehicle-lost" } }));
    expect(text("log-failure")).toContain("What was received is kept");
    expect(text("log-download-3")).toBe("Go on");
  });

  it("opens what is here in Review", async () => {
    const station = openSetup("logs", { answers });
    fireEvent.click(await screen.findByTestId("log-open-2"));
    expect(sent(station, "open-recording")).toEqual([{ kind: "open-recording", path: "logs/2.BIN" }]);
    expect(station.stores.get(shownWorkspace).get()).toBe("review");
    receive(station, download({ phase: "done", bytesDone: 18_400_000, file: "logs/3.BIN" }));
    expect(screen.getByTestId("log-open-3")).toBeDefined();
  });

  it("asks nothing of an armed aircraft, and says so", () => {
    const station = openSetup("logs", { batch: { vehicles: [armed(aVehicle())] }, answers });
    expect(text("logs-armed")).toContain("SIM-1 is armed");
    fireEvent.click(screen.getByTestId("logs-refresh"));
    expect(sent(station, "list-logs")).toEqual([]);
  });

  it("says that there is none, and why it could not be listed", async () => {
    openSetup("logs", { answers: () => ok({ kind: "logs", logs: [] }) });
    expect(await screen.findByText(/holds no log/)).toBeDefined();
    cleanup();
    openSetup("logs", { answers: () => err({ kind: "log", failure: { kind: "no-reply" } }) });
    expect((await screen.findByTestId("logs-failure")).textContent).toContain("does not answer");
  });
});
