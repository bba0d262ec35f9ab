import {
  LINK_OPERATIONS,
  LINK_TROUBLES,
  type LinkOperation,
  type LinkTrouble,
  type LinkTroubleFacts,
} from "./linkTrouble.js";

type Key = `link.trouble.${LinkTrouble}` | "link.trouble.other.bare" | `link.operation.${LinkOperation}`;

/** Why a link is down, in English. A trouble without a text does not compile. */
const en: Readonly<Record<Key, string>> = {
  "link.trouble.nothing-heard": "nothing heard yet",
  "link.trouble.silent": "silent: nothing comes any more",
  "link.trouble.port-taken": "another program holds this port: close it, or take another port",
  "link.trouble.not-our-address": "this computer does not have that address",
  "link.trouble.refused": "nobody answers at that port",
  "link.trouble.host-unknown": "no host of that name: check it, and the network",
  "link.trouble.no-way": "no way to that host: check the network",
  "link.trouble.no-answer": "no answer",
  "link.trouble.closed": "the other side closed it",
  "link.trouble.unplugged": "the port is not there: plug the radio in",
  "link.trouble.no-right": "no right to use the port: ask for it on this computer",
  "link.trouble.in-use": "another program uses the port: close it",
  "link.trouble.not-serial": "it is no serial port that runs at this baud rate: check the port's name and its rate",
  "link.trouble.no-serial-driver": "serial ports cannot be used on this computer: install Vigie again",
  "link.trouble.device-error": "the device reports an error: unplug it and plug it in again",
  "link.trouble.bad-address": "it is no address of a link",
  "link.trouble.opened-already": "it is open already",
  "link.trouble.other": "the system could not {{operation}}, and says {{code}}",
  "link.trouble.other.bare": "the system could not {{operation}}",
  "link.operation.connect": "connect to it",
  "link.operation.listen": "open the port",
  "link.operation.read": "read from it",
  "link.operation.write": "write to it",
  "link.operation.find": "find the host",
  "link.operation.open": "open or use it",
};

const fr: Readonly<Record<Key, string>> = {
  "link.trouble.nothing-heard": "rien reçu pour l'instant",
  "link.trouble.silent": "muette : plus rien ne vient",
  "link.trouble.port-taken": "un autre programme tient ce port : fermez-le, ou prenez un autre port",
  "link.trouble.not-our-address": "cet ordinateur n'a pas cette adresse",
  "link.trouble.refused": "personne ne répond à ce port",
  "link.trouble.host-unknown": "aucun hôte de ce nom : vérifiez-le, et le réseau",
  "link.trouble.no-way": "aucun chemin vers cet hôte : vérifiez le réseau",
  "link.trouble.no-answer": "pas de réponse",
  "link.trouble.closed": "l'autre côté l'a fermée",
  "link.trouble.unplugged": "le port n'est pas là : branchez la radio",
  "link.trouble.no-right": "pas le droit d'utiliser le port : demandez-le sur cet ordinateur",
  "link.trouble.in-use": "un autre programme utilise le port : fermez-le",
  "link.trouble.not-serial": "ce n'est pas un port série qui tienne ce débit : vérifiez le nom du port et son débit",
  "link.trouble.no-serial-driver": "les ports série ne sont pas utilisables sur cet ordinateur : réinstallez Vigie",
  "link.trouble.device-error": "l'appareil signale une erreur : débranchez-le et rebranchez-le",
  "link.trouble.bad-address": "ce n'est pas l'adresse d'une liaison",
  "link.trouble.opened-already": "elle est déjà ouverte",
  "link.trouble.other": "le système n'a pas pu {{operation}}, et dit {{code}}",
  "link.trouble.other.bare": "le système n'a pas pu {{operation}}",
  "link.operation.connect": "s'y connecter",
  "link.operation.listen": "ouvrir le port",
  "link.operation.read": "y lire",
  "link.operation.write": "y écrire",
  "link.operation.find": "trouver l'hôte",
  "link.operation.open": "l'ouvrir ou l'utiliser",
};

export const linkTroubleTexts = { en, fr };

type Words = (key: Key, facts?: Readonly<Record<string, string>>) => string;

/** The text for a link's trouble, with the translator of the wanted language. */
export function linkTroubleText(t: Words, { trouble, operation, code }: LinkTroubleFacts): string {
  const key = trouble === "other" && code === "" ? "link.trouble.other.bare" : (`link.trouble.${trouble}` as const);
  return t(key, { code, operation: t(`link.operation.${operation}`) });
}

type NoticeFacts = Readonly<Record<string, string | number | boolean | undefined>>;

/** The reason given in the facts of a link's notice; undefined for other notices. */
export function linkTroubleIn({ because, operation, code }: NoticeFacts): LinkTroubleFacts | undefined {
  const trouble = LINK_TROUBLES.find((one) => because === `link:${one}`);
  if (!trouble) return undefined;
  const known = LINK_OPERATIONS.find((one) => one === operation) ?? "open";
  return { trouble, operation: known, code: typeof code === "string" ? code : "" };
}
