/**
 * Functions for the expressions of the mappings. None of them fails: what is null or empty stays so,
 * which is not told, and what makes no sense stays as it is, for the reader of the document to name.
 *
 * - `$isCount(value)`: whether it is a number, or a text of its digits
 * - `$times(value, factor)`: such a number in another unit
 * - `$total(counts)`: the sum of those that are told
 * - `$means(text, meanings)`: what a word of the device means; null where it means nothing
 * - `$after(text, mark)`: the text behind a mark, the whole where there is none
 */
export const helpers = `
  $isCount := function($value) {
    $type($value) = "string" ? $contains($value, /^[0-9]+$/) : $type($value) = "number"
  };
  $times := function($value, $factor) { $isCount($value) ? $number($value) * $factor : $value };
  $total := function($counts) { (
    $odd := $counts[$not($isCount($))];
    $exists($odd) ? $odd[0] : $count($counts) > 0 ? $sum($counts.$number($))
  ) };
  $means := function($text, $meanings) {
    $type($text) = "string" and $exists($lookup($meanings, $string($text)))
      ? $lookup($meanings, $text) : $text
  };
  $after := function($text, $mark) {
    $type($text) = "string" ? $substringAfter($text, $mark) : $text
  };
`;
