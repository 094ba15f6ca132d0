const ENGLISH =
  '(?:customer|client|account|acct\\.?|invoice|order|booking|contract|member(?:ship)?|patient|policy|case) ?-?(?:number|num\\.?|no\\.?|nr\\.?|id|#)';
const GERMAN =
  '(?:kunden|konto|rechnungs?|bestell|auftrags|buchungs|vertrags|mitglieds?|policen|vorgangs|akten)-?(?:nummer|nr\\.?|id)|aktenzeichen';
const DUTCH =
  '(?:klant|rekening|factuur|bestel|order|boekings|contract|lid|lidmaatschaps|polis|zaak|dossier)-?(?:nummer|nr\\.?)';
const ROMANCE_NUMBER =
  "(?:num[ée]ro|n[úu]mero|n\\.? ?[°ºo]\\.?|n[úu]m\\.|nr\\.?|c[óo]digo|codice) (?:de |du |di |del |da |do |d[’'])?";
const ROMANCE_THING =
  'client[eé]?|compte|facture|commande|contrat|adh[ée]rent|membre|patient|police|dossier|cuenta|factura|pedido|contrato|socio|p[óo]liza|expediente|conto|fattura|ordine|contratto|polizza|pratica|conta|fatura|encomenda|s[óo]cio|ap[óo]lice|processo|utente';

/** Words that say that the number behind them is a record of somebody: of a customer, an account, an order and the like. */
export const RECORD_LABELS = `(?:${ENGLISH}|${GERMAN}|${DUTCH}|${ROMANCE_NUMBER}(?:${ROMANCE_THING}))(?!\\p{L})`;

/** Invoices are told by their number alone: "Rechnung 4711". */
export const INVOICE_LABELS =
  '(?:invoice|rechnung|facture|factura|fattura|factuur|fatura)(?!\\p{L})';
