/**
 * Why an alert changed: a reading, none for too long, none for so long that nobody expects one any more,
 * or another rule in its rule's place.
 */
export type Cause = 'reading' | 'silence' | 'gone' | 'rule';
