const ENGLISH =
  "(?:customer|client|account|acct\\.?|invoice|order|booking|contract|member(?:ship)?|patient|policy|case)s?(?:['’]s?)? ?-?(?:numbers?|num\\.?|nos?\\.?|nrs?\\.?|ids?|#)";
const GERMAN =
  '(?:kund(?:en|e|in(?:nen)?)|kontos?|konten|rechnungs?|rechnungen|bestell(?:ung)?|auftrags?|buchungs?|vertrags?|mitglied(?:er|s)?|patient(?:en|in(?:nen)?)?|policen?|vorgangs?|akten)[ -]?(?:nummern?|nrn?\\.?|ids?|kennung(?:en)?)|aktenzeichen';
const DUTCH =
  '(?:klant(?:en)?|rekening|factuur|bestel|order|boekings|contract|lid|leden|lidmaatschaps|polis|zaak|dossier|pati[ëe]nt(?:en)?)[ -]?(?:nummers?|nrs?\\.?)';
const ROMANCE_MARK =
  'num[ée]ros?|n[úu]meros?|numeri|n\\.? ?[°ºo]s?\\.?|n[úu]ms?\\.|nrs?\\.?|c[óo]digos?|codic[ei]|matricules?';
const ROMANCE_THING =
  'client(?:e[s]?|es|i|s)?|comptes?|factures?|commandes?|contrats?|adh[ée]rents?|membres?|patiente?s?|police|dossiers?|cuentas?|facturas?|pedidos?|contratos?|socios?|p[óo]lizas?|expedientes?|paciente?s?|conto|conti|fatture?|fattura|ordin[ei]|contratt[oi]|polizz[ae]|pratic(?:a|he)|pazient[ei]|contas?|faturas?|encomendas?|s[óo]cios?|ap[óo]lices?|processos?|utentes?';

/** Words that say that the number behind them is a record of somebody: of a customer, an account, an order and the like. */
export const RECORD_LABELS = `(?:${ENGLISH}|${GERMAN}|${DUTCH}|(?:${ROMANCE_MARK}) ?(?:de |du |des |di |del |dei |da |do |dos |d[’'])?(?:${ROMANCE_THING})|(?:${ROMANCE_THING}) (?:${ROMANCE_MARK}))(?!\\p{L})`;

/** Invoices are told by their number alone: "Rechnung 4711". */
export const INVOICE_LABELS =
  '(?:invoice|rechnung|facture|factura|fattura|factuur|fatura)(?!\\p{L})';

/** One person, or what one person has, whose number may stand right behind: "customer 88213", "the patient Jane Sample (88213)". */
export const ONE_HOLDER =
  '(?:customer|client|member|patient|policyholder|account|kunde|kundin|mitglied|patientin|konto|cliente|compte|adh[ée]rent|membre|patiente|cuenta|socio|socia|paciente|paziente|conto|klant|lid|pati[ëe]nt|rekening|s[óo]cio|s[óo]cia|utente|conta)(?!\\p{L})';

/** Several of them: only numbers that stand in a row are theirs, as a lone one may say how many there are. */
export const SEVERAL_HOLDERS =
  '(?:customers|clients|members|patients|policyholders|accounts|kunden|kundinnen|mitglieder|patienten|patientinnen|konten|clientes|comptes|adh[ée]rents|membres|patientes|cuentas|socios|pacientes|clienti|soci|pazienti|conti|klanten|leden|pati[ëe]nten|rekeningen|s[óo]cios|utentes|contas)(?!\\p{L})';
