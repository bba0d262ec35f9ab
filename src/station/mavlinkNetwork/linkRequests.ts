import { err, ok, type Result } from "../../core/result.js";
import type { StationFailure } from "../../contract/failures.js";
import type { LinkFailure, LinkRequest } from "../../contract/linkMessages.js";
import type { ReplyValue } from "../../contract/messages.js";
import { listSerialPorts } from "../../io/serialPorts.js";
import { parseLinkUri } from "../../io/linkUri.js";
import { setupSigning } from "../../mavlink/outgoing.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import type { Fleet } from "./fleet.js";
import type { StationBus } from "../bus.js";
import type { KeyRing } from "../signing/keyRing.js";
import { isDirectLink } from "./directLink.js";
import type { HighLatencyService } from "./highLatency.js";
import type { LinkManager } from "./linkManager.js";
import type { VehiclePath } from "./vehiclePath.js";

type Answer = Result<ReplyValue, StationFailure>;
const DONE: Answer = ok({ kind: "done" });

type LinkRequestsOptions = {
  readonly manager: LinkManager;
  readonly fleet: Fleet;
  readonly keys: KeyRing;
  readonly bus: StationBus;
  readonly highLatency: HighLatencyService;
};

/** Answers requests about links, signing keys and paths. */
export function answerLinkRequest(request: LinkRequest, options: LinkRequestsOptions): Promise<Answer> {
  switch (request.kind) {
    case "add-link":
    case "remove-link":
    case "set-link-signing":
      return changeLinks(request, options);
    case "list-serial-ports":
      return listSerialPorts().then((ports) => ok({ kind: "serial-ports", ports }));
    case "list-signing-keys":
    case "add-signing-key":
    case "remove-signing-key":
      return changeKeys(request, options);
    case "setup-vehicle-signing":
      return setupVehicleSigning(request, options);
    case "join-vehicles":
      return Promise.resolve(join(request, options));
    case "high-latency":
      return options.highLatency.set(request);
  }
}

async function changeLinks(
  request: Extract<LinkRequest, { kind: "add-link" | "remove-link" | "set-link-signing" }>,
  { manager, bus }: LinkRequestsOptions,
): Promise<Answer> {
  if (request.kind === "add-link") {
    const { uri, role } = request;
    const parsed = parseLinkUri(uri);
    if (!parsed.ok) return err({ kind: "link", failure: parsed.error });
    bus.record("link-added", { uri, role });
    return answerOfLink(await manager.add(uri, role));
  }
  const { linkName } = request;
  if (request.kind === "remove-link") {
    bus.record("link-removed", { linkName });
    return answerOfLink(await manager.remove(linkName));
  }
  const { policy, keyName } = request;
  bus.record("link-signing", { linkName, policy, keyName });
  return answerOfLink(await manager.setSigning(linkName, policy, keyName));
}

async function changeKeys(
  request: Extract<LinkRequest, { kind: `${string}-signing-key${string}` }>,
  { manager, keys }: LinkRequestsOptions,
): Promise<Answer> {
  if (request.kind === "list-signing-keys") return ok(await keys.list());
  const { keyName } = request;
  if (request.kind === "add-signing-key") return answerOf(await keys.add(keyName, request.passphrase));
  // A key in use by a link is not removed: without it the link could not verify any frame at the next start.
  const user = manager.userOfKey(keyName);
  return user
    ? err({ kind: "bad-request", problem: `${user.name}: ${keyName}` })
    : answerOf(await keys.remove(keyName));
}

function join(
  { vehicleId, otherId }: Extract<LinkRequest, { kind: "join-vehicles" }>,
  { fleet }: LinkRequestsOptions,
): Answer {
  const joined = fleet.join(vehicleId, otherId);
  if (joined.ok) return DONE;
  const { error } = joined;
  return err(error.kind === "no-vehicle" ? error : { kind: "link", failure: error });
}

async function setupVehicleSigning(
  { vehicleId, keyName }: Extract<LinkRequest, { kind: "setup-vehicle-signing" }>,
  { manager, fleet, keys, bus }: LinkRequestsOptions,
): Promise<Answer> {
  const session = fleet.get(vehicleId);
  const paths = fleet.linksOf(vehicleId)?.paths() ?? [];
  if (!session || paths.length === 0) return err({ kind: "no-vehicle" });
  const state = session.state();
  const { systemId, componentId } = state;
  const secretKey = keyName === undefined ? undefined : await keys.key(keyName);
  const failure = whyNoKey(paths, state) ?? (keyName !== undefined && !secretKey ? noSuchKey(keyName) : undefined);
  if (failure) return err({ kind: "link", failure });
  // Sent twice, because SETUP_SIGNING is never acknowledged.
  const message = setupSigning({ systemId, componentId }, secretKey, manager.signingTime10us());
  for (const { link, from } of [...paths, ...paths]) link.send(message, from);
  bus.record("signing-set-up", { vehicleId, keyName });
  await followKey(paths, keyName, manager);
  return DONE;
}

/**
 * After a key was set the link signs, so that the vehicle accepts us; after it was removed, unsigned frames are
 * accepted again.
 */
async function followKey(
  paths: readonly VehiclePath[],
  keyName: string | undefined,
  manager: LinkManager,
): Promise<void> {
  for (const { link } of paths) {
    if (keyName === undefined) link.signer.forgetSigners();
    else if (link.signer.status().policy === "off") await manager.setSigning(link.name, "sign", keyName);
  }
}

/** A key is only sent over a cable, and on the ground. */
function whyNoKey(paths: readonly VehiclePath[], { heartbeat }: VehicleState): LinkFailure | undefined {
  const indirect = paths.find(({ link, from }) => !isDirectLink(link.uri, from, link.hasRadio()));
  if (indirect) return { kind: "not-direct", linkName: indirect.link.name };
  return heartbeat?.value.isArmed === false ? undefined : { kind: "armed" };
}

const noSuchKey = (keyName: string): LinkFailure => ({ kind: "no-such-key", keyName });

const answerOf = (result: Result<void, StationFailure>): Answer => (result.ok ? DONE : result);
const answerOfLink = (result: Result<void, LinkFailure>): Answer =>
  result.ok ? DONE : err({ kind: "link", failure: result.error });
