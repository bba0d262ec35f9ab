/**
 * Texts of the station's notices, and of why a file cannot be read or written: for the screens and the command line.
 */
const en = {
  "notice.vehicle-heard": "Aircraft {{vehicle}} heard.",
  "notice.vehicle-lost": "Aircraft {{vehicle}} LOST: no longer heard. It follows its own failsafe.",
  "notice.vehicle-back": "Aircraft {{vehicle}} is heard again.",
  "notice.link-failed": "Link {{uri}} failed: {{because}}",
  "notice.sortie-unsealed": "The last sortie {{name}} was not closed properly. It can be opened in Review.",
  "notice.recorder-failed": "NOT RECORDING in {{folder}}: {{because}}. It goes on by itself when it can.",
  "notice.recorder-files-lost":
    "FILES OF THE RECORDING WERE REMOVED OR CHANGED in {{fromFolder}} ({{files}}): what they held until now may be lost. Recording goes on in {{folder}}.",
  "notice.recorder-resumed": "Recording goes on in {{folder}}. It was interrupted for {{lostS}} s; an event tells.",
  "notice.disk-hour-left": "The disk of the sortie is full in about {{minutes}} min ({{freeMb}} MB free).",
  "notice.disk-ten-minutes-left":
    "THE DISK OF THE SORTIE IS FULL IN ABOUT {{minutes}} MIN ({{freeMb}} MB free). Video gives way first.",
  "notice.disk-enough": "The disk of the sortie has room again ({{freeMb}} MB free).",
  "notice.video-not-recorded":
    "VIDEO IS NO LONGER RECORDED: only {{freeMb}} MB are free, kept for telemetry and events. Free some space.",
  "notice.video-recorded-again": "Video is recorded again ({{freeMb}} MB free).",
  "notice.clock-stepped": "The clock of this computer was set by {{stepS}} s. The sortie notes it.",
  "notice.camera-clock":
    "The camera's clock differs from this computer's by {{offsetS}} s. Its times are converted; the difference is stored.",
  "notice.because.ENOSPC": "the disk is full: free some space",
  "notice.because.EDQUOT": "your share of the disk is used up: free some space",
  "notice.because.EROFS": "the disk is read-only: choose another folder, or unlock it",
  "notice.because.EACCES": "this user may not write or read there: choose another folder, or change its rights",
  "notice.because.EPERM": "this is not permitted here: choose another folder, or change its rights",
  "notice.because.ENOENT": "the folder or file is not there any more: was a disk unplugged?",
  "notice.because.ENOTDIR": "a part of the path is a file, not a folder: choose another folder",
  "notice.because.EISDIR": "it is a folder, not a file",
  "notice.because.EIO": "the disk reports an error: change the disk",
  "notice.because.ENODEV": "the disk is gone: was it unplugged?",
  "notice.because.ENXIO": "the device is gone: was it unplugged?",
  "notice.because.EEXIST": "another program writes there too: choose another folder",
  "notice.because.ELOOP": "the path leads round in circles: choose another folder",
  "notice.because.ENAMETOOLONG": "the name is too long",
  "notice.because.EMFILE": "too many files are open: close other programs",
  "notice.because.ENFILE": "too many files are open: close other programs",
  "notice.because.EBUSY": "another program holds it",
  "notice.because.lost-bytes": "what was recorded before is gone from the disk",
  "notice.because.not-a-file": "it is not a plain file (a pipe, a socket or a device)",
  "notice.because.too-large": "it is too large",
  "notice.because.link-outside": "it is a link to a place outside the data folder: put the file itself there",
  "notice.because.closed": "it was closed meanwhile",
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
  "notice.contested-address":
    "Somebody speaks from the address of {{vehicle}} ({{link}}, {{address}}), and what is told there cannot be {{vehicle}}: another clock, place or kind. It is not taken in; Return, Land and Pause still go there.",
  "notice.vehicle-restarted": "{{vehicle}} was started again: its plan is read again",
  "notice.vehicle-restarted-armed":
    "{{vehicle}} says that it was started again, and it was armed: look at it. Its plan must be read again; nothing is sent to it without you.",
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
  "notice.flight-armed-elsewhere":
    "{{vehicle}} was ARMED, and not from here: by a pilot's sticks, another station, or itself. See that nobody is near it.",
  "notice.flight-fence-breach": "{{vehicle}} IS OUTSIDE ITS FENCE.",
  "notice.flight-fence-breach-over": "{{vehicle}} is within its fence again, or disarmed.",
  "notice.late-effect":
    "{{vehicle}} HAS DONE LATE WHAT WAS TOLD TO HAVE FAILED: {{commandWords}}. See that nobody is near it.",
} as const;

const fr: Readonly<Record<keyof typeof en, string>> = {
  "notice.vehicle-heard": "Aéronef {{vehicle}} détecté.",
  "notice.vehicle-lost": "Aéronef {{vehicle}} PERDU : plus détecté. Il applique sa propre sécurité.",
  "notice.vehicle-back": "Aéronef {{vehicle}} de nouveau détecté.",
  "notice.link-failed": "Liaison {{uri}} en échec : {{because}}",
  "notice.sortie-unsealed": "La dernière sortie {{name}} a été mal fermée. Elle s'ouvre dans Revoir.",
  "notice.recorder-failed":
    "RIEN N'EST ENREGISTRÉ dans {{folder}} : {{because}}. L'enregistrement reprend seul dès que possible.",
  "notice.recorder-files-lost":
    "DES FICHIERS DE L'ENREGISTREMENT ONT ÉTÉ SUPPRIMÉS OU MODIFIÉS dans {{fromFolder}} ({{files}}) : ce qu'ils contenaient peut être perdu. L'enregistrement continue dans {{folder}}.",
  "notice.recorder-resumed":
    "L'enregistrement reprend dans {{folder}}, après {{lostS}} s d'interruption ; un événement le note.",
  "notice.disk-hour-left": "Le disque de la sortie sera plein dans {{minutes}} min environ ({{freeMb}} Mo libres).",
  "notice.disk-ten-minutes-left":
    "LE DISQUE DE LA SORTIE SERA PLEIN DANS {{minutes}} MIN ENVIRON ({{freeMb}} Mo libres). La vidéo cède la première.",
  "notice.disk-enough": "Le disque de la sortie a de nouveau de la place ({{freeMb}} Mo libres).",
  "notice.video-not-recorded":
    "LA VIDÉO N'EST PLUS ENREGISTRÉE : {{freeMb}} Mo libres seulement, gardés pour la télémétrie et les événements. Libérez de la place.",
  "notice.video-recorded-again": "La vidéo est de nouveau enregistrée ({{freeMb}} Mo libres).",
  "notice.clock-stepped": "L'horloge de cet ordinateur a été décalée de {{stepS}} s. La sortie le note.",
  "notice.camera-clock":
    "L'horloge de la caméra diffère de celle de cet ordinateur de {{offsetS}} s. Ses heures sont converties ; l'écart est conservé.",
  "notice.because.ENOSPC": "le disque est plein : libérez de la place",
  "notice.because.EDQUOT": "votre quota de disque est épuisé : libérez de la place",
  "notice.because.EROFS": "le disque est en lecture seule : choisissez un autre dossier, ou déverrouillez-le",
  "notice.because.EACCES": "cet utilisateur n'y a pas accès : choisissez un autre dossier, ou changez ses droits",
  "notice.because.EPERM": "ce n'est pas permis ici : choisissez un autre dossier, ou changez ses droits",
  "notice.because.ENOENT": "le dossier ou le fichier n'est plus là : un disque a-t-il été débranché ?",
  "notice.because.ENOTDIR": "une partie du chemin est un fichier, pas un dossier : choisissez un autre dossier",
  "notice.because.EISDIR": "c'est un dossier, pas un fichier",
  "notice.because.EIO": "le disque signale une erreur : changez de disque",
  "notice.because.ENODEV": "le disque a disparu : a-t-il été débranché ?",
  "notice.because.ENXIO": "l'appareil a disparu : a-t-il été débranché ?",
  "notice.because.EEXIST": "un autre programme y écrit aussi : choisissez un autre dossier",
  "notice.because.ELOOP": "le chemin tourne en rond : choisissez un autre dossier",
  "notice.because.ENAMETOOLONG": "le nom est trop long",
  "notice.because.EMFILE": "trop de fichiers sont ouverts : fermez d'autres programmes",
  "notice.because.ENFILE": "trop de fichiers sont ouverts : fermez d'autres programmes",
  "notice.because.EBUSY": "un autre programme l'occupe",
  "notice.because.lost-bytes": "ce qui était enregistré a disparu du disque",
  "notice.because.not-a-file": "ce n'est pas un simple fichier (un tube, une socket ou un périphérique)",
  "notice.because.too-large": "il est trop grand",
  "notice.because.link-outside":
    "c'est un lien vers un endroit hors du dossier de données : mettez-y le fichier lui-même",
  "notice.because.closed": "il a été fermé entre-temps",
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
  "notice.contested-address":
    "Quelqu'un parle depuis l'adresse de {{vehicle}} ({{link}}, {{address}}), et ce qui est dit ne peut pas venir de {{vehicle}} : autre horloge, autre lieu ou autre type. Ce n'est pas pris en compte ; retour, atterrissage et pause y sont toujours envoyés.",
  "notice.vehicle-restarted": "{{vehicle}} a redémarré : son plan est relu",
  "notice.vehicle-restarted-armed":
    "{{vehicle}} dit avoir redémarré alors qu'il était armé : regardez-le. Son plan doit être relu ; rien ne lui est envoyé sans vous.",
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
  "notice.flight-armed-elsewhere":
    "{{vehicle}} a été ARMÉ, et pas d'ici : par la radiocommande d'un pilote, une autre station ou lui-même. Veillez à ce que personne n'en soit près.",
  "notice.flight-fence-breach": "{{vehicle}} EST SORTI DE SA ZONE (GEOFENCE).",
  "notice.flight-fence-breach-over": "{{vehicle}} est revenu dans sa zone (geofence), ou désarmé.",
  "notice.late-effect":
    "{{vehicle}} A FAIT EN RETARD CE QU'ON DISAIT ÉCHOUÉ : {{commandWords}}. Veillez à ce que personne n'en soit près.",
};

export const noticeTexts = { en, fr };
