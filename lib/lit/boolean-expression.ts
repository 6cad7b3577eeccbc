/** @file Boolean expressions over features: `a && !(b || {{regex}})`. */

/** The value, or what is wrong with the expression. */
export type BooleanResult = { readonly value: boolean } | { readonly error: string };

/** Ends evaluation at the first mistake; never leaves this file. */
class Mistake extends Error {}

const TOKEN = /\s*(\(|\)|&&|\|\||!|(?:[-+=._a-zA-Z0-9]|\{\{(?:[^}]|\}(?!\}))*\}\})+|$)/y;

/** Operands inside operands before an expression is refused. */
const MAX_NESTING = 400;

class Evaluator {
  private readonly tokens: string[] = [];
  private at = 0;
  private depth = 0;
  private readonly features: ReadonlySet<string>;

  constructor(text: string, features: ReadonlySet<string>) {
    this.features = features;
    let position = 0;
    const trimmed = text.trim();
    while (position < trimmed.length) {
      TOKEN.lastIndex = position;
      const token = TOKEN.exec(trimmed)?.[1];
      if (token === undefined || token === "")
        throw new Mistake(`couldn't parse text: '${trimmed.slice(position)}'`);
      this.tokens.push(token);
      position = TOKEN.lastIndex;
    }
  }

  private accept(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }

  all(): boolean {
    const value = this.or();
    const rest = this.tokens[this.at];
    if (rest !== undefined) throw new Mistake(`expected: <end of expression>\nhave: '${rest}'`);
    return value;
  }

  private or(): boolean {
    let value = this.and();
    while (this.accept("||")) value = this.and() || value;
    return value;
  }

  private and(): boolean {
    let value = this.not();
    while (this.accept("&&")) value = this.not() && value;
    return value;
  }

  private not(): boolean {
    if (++this.depth > MAX_NESTING) throw new Mistake("expression is nested too deeply");
    const value = this.operand();
    this.depth--;
    return value;
  }

  private operand(): boolean {
    if (this.accept("!")) return !this.not();
    if (this.accept("(")) {
      const value = this.or();
      if (!this.accept(")"))
        throw new Mistake(
          `expected: ')'\nhave: '${this.tokens[this.at] ?? "<end of expression>"}'`,
        );
      return value;
    }
    return this.identifier();
  }

  private identifier(): boolean {
    const token = this.tokens[this.at] ?? "<end of expression>";
    if (!/^[-+=._a-zA-Z0-9{]/.test(token))
      throw new Mistake(`expected: '!', '(', '{{', or identifier\nhave: '${token}'`);
    this.at++;
    if (token === "true") return true;
    if (token === "false") return false;
    if (!token.includes("{{")) return this.features.has(token);
    const source = token.replace(
      /\{\{(.*?)\}\}|([^{]+)/g,
      (_, regex: string | undefined, plain: string | undefined) =>
        regex === undefined ? (plain ?? "").replace(/[.+]/g, "\\$&") : `(?:${regex})`,
    );
    const pattern = new RegExp(`^${source}$`);
    return [...this.features].some((feature) => pattern.test(feature));
  }
}

/** Evaluates an expression; features are the names that hold. */
export function evaluateBoolean(text: string, features: ReadonlySet<string>): BooleanResult {
  try {
    return { value: new Evaluator(text, features).all() };
  } catch (mistake) {
    if (mistake instanceof Mistake || mistake instanceof SyntaxError)
      return { error: `${mistake.message}\nin expression: '${text}'` };
    throw mistake;
  }
}
