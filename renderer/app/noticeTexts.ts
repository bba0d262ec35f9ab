/** What the station says of its own accord: links, paths, aircraft that share a number, plans. */
const en = {
  "notice.link-lost": "LINK LOST: {{link}} ({{because}}). It is called again for ever.",
  "notice.link-back": "Link {{link}} is back: something is heard on it.",
  "notice.link-flaps": "LINK {{link}} COMES AND GOES: lost {{count}} times, the last: {{because}}.",
  "notice.path-added": "{{vehicle}} is heard over {{link}} as well.",
  "notice.path-changed": "{{vehicle}} is now commanded over {{to}} instead of {{from}}: {{because}}.",
  "notice.because.silent": "the other is silent",
  "notice.because.better": "it is the better one",
  "notice.two-vehicles":
    "TWO AIRCRAFT WITH NUMBER {{id}}: {{first}} and {{second}}. They are kept apart; change the number of one.",
  "notice.two-on-one-link":
    "TWO AIRCRAFT SPEAK AS {{vehicle}} on {{link}}: {{first}} and {{second}}. No command is sent to them.",
  "notice.two-on-one-link-over": "Only one aircraft speaks as {{vehicle}} now.",
  "notice.unproven-source":
    "SOMEBODY SPEAKS AS NUMBER {{id}} from {{address}} on {{link}} and has not shown to be {{vehicle}}: shown apart, sent nothing.",
  "notice.source-proven": "{{address}} on {{link}} has shown to be {{vehicle}}: it is the same aircraft.",
  "notice.unsigned-in-its-name":
    "UNSIGNED WORDS as number {{id}} from {{address}} on {{link}}, though that aircraft signs: not believed. If its key was taken away elsewhere, set the link's signing anew.",
  "notice.vehicles-refused":
    "Too many speak as aircraft: number {{id}} on {{link}} finds no place ({{count}} refused). Known aircraft keep theirs.",
  "notice.vehicles-joined": "{{vehicle}}: both links are one aircraft now, as you said.",
  "notice.signing-key-missing": "The key {{key}} of link {{link}} is not there: nothing is signed.",
  "notice.coast-refused":
    "Your own coast line ({{path}}) cannot be used: the built-in one is shown. Load it again, or remove the file.",
  "notice.plan-override": "A plan with objections was sent to {{vehicle}}: {{reason}}",
  "notice.aircraft-plan-changed":
    "THE PLAN ON {{vehicle}} WAS CHANGED BY SOMEBODY ELSE ({{part}}): it is not the one that was verified. Send it again.",
  "notice.aircraft-plan-doubted": "The plan on {{vehicle}} ({{part}}) is read again: {{because}}.",
  "notice.because.other-station": "another station was heard sending to it",
  "notice.because.other-count": "it counts other items",
  "notice.because.other-id": "it tells another plan's number",
  "notice.because.reboot": "its autopilot was started again",
  "notice.because.silence": "it was not heard for a while",
  "notice.because.not-read": "it could not be read",
  "notice.flight-fall": "{{vehicle}} FALLS: {{descentMps}} m/s down in {{mode}}.",
  "notice.flight-ground-impact": "{{vehicle}} HIT THE GROUND at {{descentMps}} m/s.",
  "notice.flight-ground-impact.text": "{{vehicle}} HIT THE GROUND: {{text}}",
  "notice.flight-ground-impact.bare": "{{vehicle}} HIT THE GROUND.",
  "notice.flight-disarmed-in-air": "{{vehicle}} DISARMED IN THE AIR, {{heightM}} m above home.",
  "notice.flight-disarmed-in-air.bare": "{{vehicle}} DISARMED IN THE AIR.",
  "notice.flight-disarmed-by-itself":
    "{{vehicle}} was disarmed on the ground, and not from here. Armed and left standing, an autopilot does so by itself (DISARM_DELAY, COM_DISARM_PRFLT).",
  "notice.flight-disarmed-unheard": "{{vehicle}} was disarmed while it was not heard.",
  "notice.late-effect":
    "{{vehicle}} HAS DONE LATE WHAT WAS TOLD TO HAVE FAILED: {{commandWords}}. See that nobody is near it.",
} as const;

const fr: Readonly<Record<keyof typeof en, string>> = {
  "notice.link-lost": "LIAISON PERDUE : {{link}} ({{because}}). Elle est rappelée sans fin.",
  "notice.link-back": "La liaison {{link}} est revenue : on y reçoit de nouveau.",
  "notice.link-flaps": "LA LIAISON {{link}} VA ET VIENT : perdue {{count}} fois, la dernière : {{because}}.",
  "notice.path-added": "{{vehicle}} est aussi détecté par {{link}}.",
  "notice.path-changed": "{{vehicle}} est maintenant commandé par {{to}} au lieu de {{from}} : {{because}}.",
  "notice.because.silent": "l'autre se tait",
  "notice.because.better": "c'est la meilleure",
  "notice.two-vehicles":
    "DEUX AÉRONEFS AU NUMÉRO {{id}} : {{first}} et {{second}}. Ils restent séparés ; changez le numéro de l'un.",
  "notice.two-on-one-link":
    "DEUX AÉRONEFS PARLENT COMME {{vehicle}} sur {{link}} : {{first}} et {{second}}. Aucun ordre ne leur est envoyé.",
  "notice.two-on-one-link-over": "Un seul aéronef parle maintenant comme {{vehicle}}.",
  "notice.unproven-source":
    "QUELQU'UN PARLE COMME LE NUMÉRO {{id}} depuis {{address}} sur {{link}} sans avoir montré qu'il est {{vehicle}} : montré à part, rien ne lui est envoyé.",
  "notice.source-proven": "{{address}} sur {{link}} a montré qu'il est {{vehicle}} : c'est le même aéronef.",
  "notice.unsigned-in-its-name":
    "PAROLES NON SIGNÉES au nom du numéro {{id}} depuis {{address}} sur {{link}}, alors que cet aéronef signe : non prises en compte. Si sa clé lui a été retirée ailleurs, réglez de nouveau la signature de la liaison.",
  "notice.vehicles-refused":
    "Trop de sources parlent comme des aéronefs : le numéro {{id}} sur {{link}} n'a pas de place ({{count}} refusés). Les aéronefs connus gardent la leur.",
  "notice.vehicles-joined": "{{vehicle}} : les deux liaisons sont un seul aéronef, comme vous l'avez dit.",
  "notice.signing-key-missing": "La clé {{key}} de la liaison {{link}} manque : rien n'est signé.",
  "notice.coast-refused":
    "Votre trait de côte ({{path}}) est inutilisable : celui de l'application est montré. Chargez-le de nouveau, ou supprimez le fichier.",
  "notice.plan-override": "Un plan avec objections a été envoyé à {{vehicle}} : {{reason}}",
  "notice.aircraft-plan-changed":
    "LE PLAN À BORD DE {{vehicle}} A ÉTÉ CHANGÉ PAR QUELQU'UN D'AUTRE ({{part}}) : ce n'est pas celui qui a été vérifié. Renvoyez-le.",
  "notice.aircraft-plan-doubted": "Le plan à bord de {{vehicle}} ({{part}}) est relu : {{because}}.",
  "notice.because.other-station": "une autre station a été entendue lui écrire",
  "notice.because.other-count": "il compte d'autres éléments",
  "notice.because.other-id": "il donne le numéro d'un autre plan",
  "notice.because.reboot": "son autopilote a redémarré",
  "notice.because.silence": "il est resté un moment sans être reçu",
  "notice.because.not-read": "il n'a pas pu être lu",
  "notice.flight-fall": "{{vehicle}} TOMBE : {{descentMps}} m/s vers le bas en {{mode}}.",
  "notice.flight-ground-impact": "{{vehicle}} A HEURTÉ LE SOL à {{descentMps}} m/s.",
  "notice.flight-ground-impact.text": "{{vehicle}} A HEURTÉ LE SOL : {{text}}",
  "notice.flight-ground-impact.bare": "{{vehicle}} A HEURTÉ LE SOL.",
  "notice.flight-disarmed-in-air": "{{vehicle}} DÉSARMÉ EN VOL, à {{heightM}} m au-dessus du départ.",
  "notice.flight-disarmed-in-air.bare": "{{vehicle}} DÉSARMÉ EN VOL.",
  "notice.flight-disarmed-by-itself":
    "{{vehicle}} a été désarmé au sol, et pas d'ici. Armé et laissé immobile, un autopilote le fait de lui-même (DISARM_DELAY, COM_DISARM_PRFLT).",
  "notice.flight-disarmed-unheard": "{{vehicle}} a été désarmé pendant qu'il n'était plus détecté.",
  "notice.late-effect":
    "{{vehicle}} A FAIT EN RETARD CE QU'ON DISAIT ÉCHOUÉ : {{commandWords}}. Veillez à ce que personne n'en soit près.",
};

export const noticeTexts = { en, fr };
