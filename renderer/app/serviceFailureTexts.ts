/** Failures of links, parameters, logs and payload: what happened, and what to do. */
import type { StationFailure } from "../../src/contract/failures.js";

export type ServiceFailure = Extract<StationFailure, { kind: "link" | "param" | "log" | "payload" }>;
type SayingOf<Failure> = Failure extends { readonly kind: infer Kind; readonly failure: { readonly kind: infer Inner } }
  ? Inner extends string
    ? `${Kind & string}.${Inner}`
    : never
  : never;
/** "param.not-taken": every pair of kinds that a service may answer with. */
export type ServiceSaying = SayingOf<ServiceFailure>;

const en = {
  "failure.transfer.not-whole.what": "Not sent: this station cannot fly every part of the plan. {{parts}}.",
  "failure.transfer.not-whole.do":
    "A plan is sent whole or not at all. Make simple items of that part in the station that drew it, or remove it.",
  "failure.transfer.needs-override.what": "Not sent: there are objections to this plan.",
  "failure.transfer.needs-override.do": "Check it; to send it all the same, say why.",
  "failure.link.do": "Check the link page.",
  "failure.link.bad-uri.what": "This address is not understood: {{problem}}.",
  "failure.link.link-exists.what": "This link is open already.",
  "failure.link.no-such-link.what": "There is no such link.",
  "failure.link.no-such-key.what": "There is no key called {{keyName}}.",
  "failure.link.key-exists.what": "A key called {{keyName}} exists already.",
  "failure.link.not-direct.what": "Keys are set up over a cable only, and {{linkName}} is not one.",
  "failure.link.armed.what": "The aircraft is armed.",
  "failure.link.not-the-same.what": "These two are not the same aircraft.",
  "failure.param.do": "The aircraft keeps the value it had.",
  "failure.param.no-reply.what": "The aircraft does not answer about its parameters.",
  "failure.param.vehicle-lost.what": "The aircraft was lost.",
  "failure.param.cancelled.what": "Cancelled.",
  "failure.param.busy.what": "Another transfer with this aircraft goes on.",
  "failure.param.unknown-name.what": "It has no parameter called {{name}}.",
  "failure.param.not-confirmed.what": "The aircraft is armed: a change of {{name}} must be held.",
  "failure.param.out-of-range.what": "The value is outside its range.",
  "failure.param.out-of-range.limits.what": "The value is outside its range, {{min}} to {{max}}.",
  "failure.param.not-taken.what": "It did not take {{name}}: it is {{value}}.",
  "failure.param.not-now.what": "Parameters cannot be read now.",
  "failure.log.do": "What was received is kept; the download goes on from there.",
  "failure.log.no-reply.what": "The aircraft does not answer about its logs.",
  "failure.log.armed.what": "Logs are not sent while armed.",
  "failure.log.vehicle-lost.what": "The aircraft was lost.",
  "failure.log.busy.what": "Another transfer with this aircraft goes on.",
  "failure.log.cancelled.what": "Cancelled.",
  "failure.log.no-such-log.what": "The aircraft has no such log.",
  "failure.log.not-now.what": "Logs cannot be read now.",
  "failure.log.disk.what": "The log could not be written: {{code}}.",
  "failure.payload.do": "The gimbal and the camera stay as they were.",
  "failure.payload.command.what": "The device did not do it.",
  "failure.payload.not-in-control.what": "Somebody else steers the gimbal.",
  "failure.payload.no-such-device.what": "There is no such device.",
  "failure.payload.no-such-contact.what": "There is no contact {{contactId}} any more.",
  "failure.payload.beyond-limits.what": "Beyond its limits: {{minDeg}}° to {{maxDeg}}°.",
  "failure.payload.not-by-this-device.what": "This device cannot do it.",
} satisfies Readonly<Record<`failure.${ServiceSaying}.what`, string>> & Readonly<Record<string, string>>;

const fr: Readonly<Record<keyof typeof en, string>> = {
  "failure.transfer.not-whole.what": "Non envoyé : cette station ne sait pas voler tout le plan. {{parts}}.",
  "failure.transfer.not-whole.do":
    "Un plan part en entier ou pas du tout. Faites-en des éléments simples dans la station qui l'a dessiné, ou retirez cette partie.",
  "failure.transfer.needs-override.what": "Non envoyé : ce plan soulève des objections.",
  "failure.transfer.needs-override.do": "Vérifiez-le ; pour l'envoyer quand même, dites pourquoi.",
  "failure.link.do": "Voyez la page des liaisons.",
  "failure.link.bad-uri.what": "Adresse non comprise : {{problem}}.",
  "failure.link.link-exists.what": "Cette liaison est déjà ouverte.",
  "failure.link.no-such-link.what": "Cette liaison n'existe pas.",
  "failure.link.no-such-key.what": "Aucune clé ne s'appelle {{keyName}}.",
  "failure.link.key-exists.what": "Une clé s'appelle déjà {{keyName}}.",
  "failure.link.not-direct.what": "Les clés ne s'installent que par câble, et {{linkName}} n'en est pas un.",
  "failure.link.armed.what": "L'aéronef est armé.",
  "failure.link.not-the-same.what": "Ces deux-là ne sont pas le même aéronef.",
  "failure.param.do": "L'aéronef garde la valeur qu'il avait.",
  "failure.param.no-reply.what": "L'aéronef ne répond pas au sujet de ses paramètres.",
  "failure.param.vehicle-lost.what": "L'aéronef a été perdu.",
  "failure.param.cancelled.what": "Annulé.",
  "failure.param.busy.what": "Un autre transfert avec cet aéronef est en cours.",
  "failure.param.unknown-name.what": "Il n'a pas de paramètre {{name}}.",
  "failure.param.not-confirmed.what": "L'aéronef est armé : maintenez le bouton pour changer {{name}}.",
  "failure.param.out-of-range.what": "La valeur sort de sa plage.",
  "failure.param.out-of-range.limits.what": "La valeur sort de sa plage, de {{min}} à {{max}}.",
  "failure.param.not-taken.what": "Il n'a pas pris {{name}} : il vaut {{value}}.",
  "failure.param.not-now.what": "Les paramètres ne peuvent pas être lus maintenant.",
  "failure.log.do": "Ce qui est reçu est gardé ; le téléchargement reprendra là.",
  "failure.log.no-reply.what": "L'aéronef ne répond pas au sujet de ses journaux.",
  "failure.log.armed.what": "Les journaux ne sont pas envoyés quand il est armé.",
  "failure.log.vehicle-lost.what": "L'aéronef a été perdu.",
  "failure.log.busy.what": "Un autre transfert avec cet aéronef est en cours.",
  "failure.log.cancelled.what": "Annulé.",
  "failure.log.no-such-log.what": "L'aéronef n'a pas ce journal.",
  "failure.log.not-now.what": "Les journaux ne peuvent pas être lus maintenant.",
  "failure.log.disk.what": "Le journal n'a pas pu être écrit : {{code}}.",
  "failure.payload.do": "La nacelle et la caméra restent comme elles étaient.",
  "failure.payload.command.what": "L'appareil ne l'a pas fait.",
  "failure.payload.not-in-control.what": "Quelqu'un d'autre dirige la nacelle.",
  "failure.payload.no-such-device.what": "Cet appareil n'existe pas.",
  "failure.payload.no-such-contact.what": "Le contact {{contactId}} n'existe plus.",
  "failure.payload.beyond-limits.what": "Hors limites : {{minDeg}}° à {{maxDeg}}°.",
  "failure.payload.not-by-this-device.what": "Cet appareil ne sait pas le faire.",
};

export const serviceFailureTexts = { en, fr };
