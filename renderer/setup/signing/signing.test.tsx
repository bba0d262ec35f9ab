// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { err, ok } from "../../../src/core/result.js";
import type { UiRequest } from "../../../src/contract/messages.js";
import { aVehicle, VEHICLE } from "../../bridge/testing/builders.js";
import { demoLink } from "../../bridge/testing/fakeServices.js";
import { done } from "../../bridge/testing/fakeTransport.js";
import { armed, openSetup } from "../testing/openSetup.js";
import { keyProblem } from "./keyNames.js";

vi.mock("../../ui/HoldButton.js", async () => (await import("../testing/pressedHold.js")).pressedHold);

afterEach(cleanup);

const links = [demoLink({ name: "udp", uri: "udp://:14550" })];
const answersWith =
  (names: readonly string[], other: (request: UiRequest) => ReturnType<typeof err> | typeof done = () => done) =>
  (request: UiRequest) =>
    request.kind === "list-signing-keys"
      ? ok({ kind: "signing-keys", names, store: "keychain" } as const)
      : (other(request) as typeof done);
const sent = (station: ReturnType<typeof openSetup>, kind: UiRequest["kind"]) =>
  station.transport.requests().filter((request) => request.kind === kind);

describe("a new key", () => {
  it.each([
    [{ name: " ", how: "random", passphrase: "" }, "name"],
    [{ name: "a", how: "random", passphrase: "" }, "exists"],
    [{ name: "b", how: "passphrase", passphrase: "short" }, "passphrase"],
  ] as const)("%j has a problem", (key, name) => {
    expect(keyProblem(key, ["a"])?.key).toBe(`setup.keys.problem.${name}`);
  });
  it("of chance needs a name only", () => {
    expect(keyProblem({ name: "b", how: "random", passphrase: "" }, ["a"])).toBeUndefined();
  });
});

describe("the Signing page", () => {
  it("shows names only and says where they are kept", async () => {
    openSetup("signing", { batch: { links }, answers: answersWith(["beach"]) });
    expect((await screen.findByTestId("key-beach")).textContent).toContain("beach");
    expect(screen.getByTestId("key-store").textContent).toContain("keychain");
  });

  it("adds a key from a passphrase that it forgets at once", async () => {
    const station = openSetup("signing", { batch: { links }, answers: answersWith([]) });
    fireEvent.change(screen.getByTestId("key-name"), { target: { value: "beach" } });
    const passphrase = screen.getByTestId<HTMLInputElement>("key-passphrase");
    expect(passphrase.type).toBe("password");
    fireEvent.change(passphrase, { target: { value: "too short" } });
    fireEvent.click(screen.getByTestId("key-add"));
    expect(sent(station, "add-signing-key")).toEqual([]);
    fireEvent.change(passphrase, { target: { value: "gulls over the sand" } });
    fireEvent.click(screen.getByTestId("key-add"));
    expect(sent(station, "add-signing-key")).toEqual([
      { kind: "add-signing-key", keyName: "beach", passphrase: "gulls over the sand" },
    ]);
    await expect.poll(() => passphrase.value).toBe("");
  });

  it("makes a key by chance without a passphrase, and removes one by a second press", async () => {
    const station = openSetup("signing", { batch: { links }, answers: answersWith(["beach"]) });
    await screen.findByTestId("key-beach");
    fireEvent.click(screen.getByTestId("key-how-random"));
    fireEvent.change(screen.getByTestId("key-name"), { target: { value: "new" } });
    fireEvent.click(screen.getByTestId("key-add"));
    expect(sent(station, "add-signing-key")).toEqual([
      { kind: "add-signing-key", keyName: "new", passphrase: undefined },
    ]);
    fireEvent.click(screen.getByTestId("key-remove-beach"));
    expect(sent(station, "remove-signing-key")).toEqual([]);
    fireEvent.click(screen.getByTestId("key-remove-beach"));
    expect(sent(station, "remove-signing-key")).toEqual([{ kind: "remove-signing-key", keyName: "beach" }]);
  });

  it("sets whom a link believes, with a key only", async () => {
    const without = openSetup("signing", { batch: { links }, answers: answersWith([]) });
    fireEvent.click(screen.getByTestId("policy-udp-require"));
    expect(sent(without, "set-link-signing")).toEqual([]);
    cleanup();
    const station = openSetup("signing", { batch: { links }, answers: answersWith(["beach"]) });
    await screen.findByTestId("key-beach");
    fireEvent.click(screen.getByTestId("policy-udp-require"));
    expect(sent(station, "set-link-signing")).toEqual([
      { kind: "set-link-signing", linkName: "udp", policy: "require", keyName: "beach" },
    ]);
  });

  it("gives a key to an aircraft that it names, and says why not", async () => {
    const refuse = (request: UiRequest) =>
      request.kind === "setup-vehicle-signing"
        ? err({ kind: "link", failure: { kind: "not-direct", linkName: "udp" } })
        : done;
    const station = openSetup("signing", { batch: { links }, answers: answersWith(["beach"], refuse) });
    await screen.findByTestId("key-beach");
    expect(screen.getByTestId("vehicle-key-send").textContent).toContain("Give beach to SIM-1");
    fireEvent.click(screen.getByTestId("vehicle-key-send"));
    expect(sent(station, "setup-vehicle-signing")).toEqual([
      { kind: "setup-vehicle-signing", vehicleId: VEHICLE, keyName: "beach" },
    ]);
    expect((await screen.findByTestId("vehicle-key-failure")).textContent).toContain("over a cable only");
  });

  it("does not offer it while armed", () => {
    openSetup("signing", { batch: { vehicles: [armed(aVehicle())] }, answers: answersWith(["beach"]) });
    expect(screen.getByTestId("vehicle-key-because").textContent).toContain("armed");
  });
});
