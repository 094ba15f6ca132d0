const FIRST =
  'amber ample apt bold brisk bright calm clear cobalt coral crisp eager early even fair fine fresh gentle glad golden grand green happy ivory jade keen kind lively lucid mellow mild modest neat noble olive open plain proud quick quiet rapid ready royal sandy serene sharp silver smooth solid spry steady still stout sunny swift tidy topaz true vivid warm wise witty young zesty'.split(
    ' ',
  );
const SECOND =
  'acorn anchor arrow ash aspen badger beacon birch brook canyon cedar cliff clover comet crane creek delta dune eagle ember falcon fern field finch fjord forest fox garden grove harbor hawk hazel heron hill island ivy juniper lake lark lotus maple meadow mesa moss oak orchid otter owl peak pine plum pond poplar raven reef ridge river robin sparrow spruce summit tulip willow'.split(
    ' ',
  );
const DIGITS = '23456789abcdefghjkmnpqrstuvwxyz';

/**
 * Makes an id for a thread that a person can read out: `amber-falcon-7k2m`, one of 3.6 thousand million.
 *
 * @param below - Gives a random whole number from 0 to its argument minus 1.
 */
export function newThreadName(below: (limit: number) => number): string {
  const pick = (words: readonly string[]): string => words[below(words.length)] ?? '';
  const tail = Array.from({ length: 4 }, () => DIGITS[below(DIGITS.length)]).join('');
  return `${pick(FIRST)}-${pick(SECOND)}-${tail}`;
}
