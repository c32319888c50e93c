/** s that a thread may take to parse an answer */
export const parsingLimit = 20;
/** s that an expression may take */
export const expressionLimit = 2;
