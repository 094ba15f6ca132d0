import type { Cell, Tables } from './table-cells.ts';

/** What a label in a text may announce. `benign` announces a number that is nobody's. */
export type Topic =
  | 'aba'
  | 'bank'
  | 'benign'
  | 'birth'
  | 'card'
  | 'dea'
  | 'deposit'
  | 'itin'
  | 'license'
  | 'mac'
  | 'mbi'
  | 'mrn'
  | 'nhs'
  | 'nino'
  | 'npi'
  | 'passport'
  | 'phone'
  | 'postcode'
  | 'practice'
  | 'ssn';

/** Words, and pairs of words, that announce something. Lower case; an apostrophe is left out. */
const TOPIC_WORDS: Readonly<Record<Topic, string>> = {
  aba: 'aba,rtn,routing,transit,ach,fedwire,wire transfer,routing number,routingnumber,abanumber',
  bank: 'bankaccount,accountnumber,accountno,bankaccountnumber,account,acct,accounts,checking,savings,bank account,direct deposit,deposit,konto,kontonummer,bank,cuenta,compte,conto,rekening,a c,bankkonto,bankverbindung,kontonr,bankkontonummer',
  benign:
    'order,orders,invoice,tracking,sku,ticket,timestamp,epoch,commit,hash,checksum,sha,uuid,guid,serial,batch,lot,shipment,parcel,isbn,ean,upc,offset,bytes,size,count,duration,request,trace,span,pid,sequence,seq,item,product,article,job,receipt,quote,po,purchase,bestellung,bestell nr,bestellnr,bestellnummer,auftrag,auftragsnummer,rechnung,rechnungsnummer,lieferschein,artikel,artikelnummer,commande,facture,pedido,factura,build,revision,part no,part number,case no,case number,model no,model number',
  birth:
    'dob,birth,born,nacido,nacida,nacimiento,naissance,nato,nata,birthday,birthdate,admitted,admission,discharged,discharge,died,death,deceased,appointment,visit,geburtsdatum,geboren,geb,bday,deathdate,dateofbirth',
  card: 'card,cards,visa,mastercard,amex,american express,maestro,credit,debit,pan,cc,discover,diners,jcb,unionpay,payment,cardnumber,creditcard,creditcardnumber,kreditkarte,karte',
  deposit: 'bank account,direct deposit,bankkonto,kontonummer,cuenta bancaria,compte bancaire',
  dea: 'dea,medical license,prescriber,controlled substance,medical licence,dea number,physician license,medical',
  itin: 'itin,individual taxpayer,tax id,taxpayer,tin,tax identification,tax',
  license:
    'driver license,drivers license,driver licence,drivers licence,driving licence,driving license,dl,dln,cdl,dmv,driver id,drivers lic,driver lic,license number,licence number,license no,licence no,operator license,operators license,drivers permit,licensenumber,driverslicense,driverlicense,drivers,driver,license,licence,fuhrerschein,fuhrerscheinnummer,permis de,licencia de,permiso de,patente,rijbewijs',
  mac: 'mac,hardware address,ethernet,bssid,wlan,nic,physical address',
  mbi: 'medicare,mbi,beneficiary',
  mrn: 'mrn,mrns,medical record,health record,patient number,patient id,patientid,chart number,medicalrecordnumber,hospital number',
  nhs: 'nhs,health service,nhs number,nhsnumber',
  nino: 'nino,national insurance,ni number,ni no,insurance number,nationalinsurance',
  npi: 'npi,provider,national provider,practitioner,prescriber,physician,npis,npinumber',
  passport:
    'passport,passports,travel document,reisepass,reisepassnummer,passnummer,passnr,passportnumber,passportno,passportid,passeport,pasaporte,passaporto,paspoort,pass number',
  phone:
    'phone,phones,telephone,tel,mobile,cell,cellphone,fax,call,text,sms,whatsapp,contact,dial,handy,telefon,mobil,ring,ph,landline,hotline,rufnummer,voicemail,pager,phonenumber,mobilnummer,telefonnummer,telephone number,reach,signal,callback,telefono,movil,celular,portable,natel,cellulare,telefoon,mobiel',
  postcode: 'postcode,post code,postal,postal code,address,zip',
  practice:
    'medical license,medical licence,physician license,physicians license,state medical,nursing license',
  ssn: 'ssn,ssns,social security,socialsecurity,soc sec,ss number,social,socialsecuritynumber,ss,seguro social,securite sociale,sozialversicherungsnummer',
};

const TOPICS = Object.keys(TOPIC_WORDS).filter((name): name is Topic => name in TOPIC_WORDS);
const BITS = new Map(TOPICS.map((topic, index) => [topic, 1 << index]));
const MASKS = new Map<string, number>();
for (const [topic, bit] of BITS) {
  for (const words of TOPIC_WORDS[topic].split(',')) {
    MASKS.set(words, (MASKS.get(words) ?? 0) | bit);
  }
}

const BEFORE = 90;
const AFTER = 25;
const DIRECTLY = 24;
/** A word of a text or of an identifier: "account", "Number" in accountNumber, "SSN", "S.S.N.". */
const WORD =
  /(?<![A-Za-z])(?:[A-Z]\.){2,6}|[A-Z]{2,24}(?:(?![a-z])|(?=s(?![a-z])))|[A-Z]?[a-z\u00DF-\u024F]{1,24}(?:'[a-z]{1,2}(?![a-z]))?|[A-Z]/g;

interface Label {
  readonly start: number;
  readonly end: number;
  readonly mask: number;
}

/** The labels of a text. */
export interface Labels {
  /** Whether what stands from `start` to `end` is announced as one of `topics`, and not as something benign. */
  announce(start: number, end: number, ...topics: readonly Topic[]): boolean;
  /** Whether of the labels before `start` the last one announces this. */
  closest(start: number, topic: Topic): boolean;
  /** Whether the label directly before `start` announces this. */
  nearest(start: number, topic: Topic): boolean;
}

/** Finds the labels of a text, in one pass. Names of columns announce what stands below them, however far. */
export function findLabels(text: string, tables: Tables): Labels {
  const labels = collect(text.includes('<') ? withoutMasks(text) : text);
  const known: { place: number; surroundings: Surroundings } = {
    place: -1,
    surroundings: ANYWHERE,
  };
  const surroundings = (place: number): Surroundings => {
    if (place !== known.place) {
      known.place = place;
      known.surroundings = surroundingsOf(labels, tables.cellAt(place));
    }
    return known.surroundings;
  };
  const lastBefore = (place: number, from: number): Label | undefined => {
    const label = labels[firstAtOrAfter(labels, place) - 1];
    return label !== undefined && label.start >= from ? label : undefined;
  };
  return {
    announce: (start, end, ...topics) => {
      const wanted = topics.reduce((mask, topic) => mask | bitOf(topic), 0);
      const { mask, from, to } = surroundings(start);
      if ((mask & wanted) !== 0) return true;
      return (
        isBefore(text, labels, { start, wanted, from }) ||
        isAfter(text, labels, { end, wanted, to })
      );
    },
    closest: (start, topic) => {
      const { cell, mask, from } = surroundings(start);
      const label = lastBefore(start, mask === 0 ? from : (cell?.start ?? 0));
      if (label === undefined) return (mask & bitOf(topic)) !== 0;
      return start - label.end <= BEFORE && (label.mask & bitOf(topic)) !== 0;
    },
    nearest: (start, topic) => {
      const { cell, mask, from } = surroundings(start);
      const label = lastBefore(start, mask === 0 ? from : (cell?.start ?? 0));
      if (label === undefined) return (mask & bitOf(topic)) !== 0;
      return (label.mask & bitOf(topic)) !== 0 && isDirect(text, label, start);
    },
  };
}

/** What a table says of a place in it. */
interface Surroundings {
  readonly cell?: Cell | undefined;
  /** What the name of the column announces. */
  readonly mask: number;
  /** Labels that stand before this, or after the other, are of other cells. */
  readonly from: number;
  readonly to: number;
}

const ANYWHERE: Surroundings = { mask: 0, from: 0, to: Number.POSITIVE_INFINITY };

function surroundingsOf(labels: readonly Label[], cell: Cell | undefined): Surroundings {
  if (cell === undefined) return ANYWHERE;
  let mask = 0;
  for (let index = firstAtOrAfter(labels, cell.name[0]); index < labels.length; index += 1) {
    const label = labels[index];
    if (label === undefined || label.start >= cell.name[1]) break;
    mask |= label.mask;
  }
  if (!cell.isCertain) return { ...ANYWHERE, cell, mask };
  return mask === 0
    ? { cell, mask, from: cell.row, to: Number.POSITIVE_INFINITY }
    : { cell, mask, from: cell.start, to: cell.end };
}

function bitOf(topic: Topic): number {
  return BITS.get(topic) ?? 0;
}

function collect(text: string): readonly Label[] {
  const labels: Label[] = [];
  let previous: { readonly word: string; readonly start: number; readonly end: number } | undefined;
  for (const { 0: raw, index } of text.matchAll(WORD)) {
    const word = plain(raw).replaceAll(/['.]/g, '');
    const end = index + raw.length;
    const isPair = previous !== undefined && index - previous.end <= 2;
    const pairMask = isPair ? MASKS.get(`${previous?.word ?? ''} ${word}`) : undefined;
    const mask = (MASKS.get(word) ?? 0) | (pairMask ?? 0);
    if (mask !== 0) labels.push({ start: index, end, mask });
    previous = { word, start: index, end };
  }
  return labels;
}

/** In lower case, without accents. */
function plain(word: string): string {
  const lower = word.toLowerCase();
  return /[\u00DF-\u024F]/.test(lower) ? lower.normalize('NFD').replaceAll(/\p{M}/gu, '') : lower;
}

/** The first label that ends after `place`. */
function firstAtOrAfter(labels: readonly Label[], place: number): number {
  let low = 0;
  let high = labels.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((labels[middle]?.end ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isBefore(
  text: string,
  labels: readonly Label[],
  {
    start,
    wanted,
    from,
  }: { readonly start: number; readonly wanted: number; readonly from: number },
): boolean {
  const benign = bitOf('benign');
  const last = firstAtOrAfter(labels, start) - 1;
  for (let index = last; index >= Math.max(0, last - 11); index -= 1) {
    const label = labels[index];
    if (label === undefined || label.start < from || start - label.end > BEFORE) return false;
    if ((label.mask & wanted) !== 0) return true;
    if ((label.mask & benign) !== 0 && isDirect(text, label, start)) return false;
  }
  return false;
}

/** Whether a label announces the very next number. */
function isDirect(text: string, label: Label, start: number): boolean {
  return start - label.end <= DIRECTLY && !/[\d\n;|]/.test(text.slice(label.end, start));
}

/** The names of types in masks say nothing of what comes after them. */
function withoutMasks(text: string): string {
  return text.replaceAll(/<[A-Z][A-Z0-9_]{2,63}[>:#]/g, (mask) => ' '.repeat(mask.length));
}

function isAfter(
  text: string,
  labels: readonly Label[],
  { end, wanted, to }: { readonly end: number; readonly wanted: number; readonly to: number },
): boolean {
  for (let index = firstAtOrAfter(labels, end); index < labels.length; index += 1) {
    const label = labels[index];
    if (label === undefined || label.end > to || label.start - end > AFTER) return false;
    const between = text.slice(end, label.start);
    if (/[\n\d;]/.test(between)) return false;
    // A label with a colon announces what comes after it.
    const announcesNext = /^\s{0,3}(?:(?:number|no\.?|#)\s{0,2})?(?:[:=#]|is\b|\d)/i.test(
      text.slice(label.end, label.end + 16),
    );
    if ((label.mask & wanted) !== 0 && !announcesNext) return true;
  }
  return false;
}
