export { defineTrade } from './define-trade.ts';
export { InvalidTradeError, NoModelError, UnreadableInputError } from './errors.ts';
export {
  comparableId,
  Decider,
  decisionAbout,
  personDecides,
  type DecisionDefinition,
  type PersonDecision,
} from './person-decides.ts';
export { industries } from './registry.generated.ts';
export { plannedTags, tradeStandards, type TradeStandards } from './trade-standards.ts';
export {
  tradePhase,
  type StandardsMode,
  type Trade,
  type TradeDefinition,
  type TradeFile,
  type TradeParameters,
  type TradePhase,
  type TradeStandard,
  type TradeTransition,
} from './trade.ts';
export {
  figuresTraced,
  writeTexts,
  type FiguresDefinition,
  type TextOrder,
} from './write-texts.ts';
