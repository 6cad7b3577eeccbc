/** @file Inputs on which filecheck-js and LLVM's FileCheck must agree: written ones and generated ones. */

/** One run of FileCheck. */
export interface ConformanceCase {
  readonly check: string;
  readonly input: string;
  readonly options: readonly string[];
}

const run = (check: string, input: string, ...options: string[]): ConformanceCase => ({
  check,
  input,
  options,
});

const DIRECTIVES: readonly ConformanceCase[] = [
  run("CHECK: foo\n", "a foo b\n"),
  run("CHECK: foo\n", "a bar b\n"),
  run("// CHECK: foo   \n// CHECK:bar\n", "foo\n  bar\n"),
  run("CHECK: b\nCHECK: a\n", "a\nb\n"),
  run("CHECK: a\nCHECK-NEXT: b\n", "a\nb\n"),
  run("CHECK: a\nCHECK-NEXT: b\n", "a b\n"),
  run("CHECK: a\nCHECK-NEXT: b\n", "a\n\nb\n"),
  run("CHECK: a\nCHECK-NEXT: b\n", "a\nx\ny\nb\n"),
  run("CHECK-NEXT: b\n", "b\n"),
  run("CHECK-SAME: b\n", "b\n"),
  run("CHECK-EMPTY:\n", "b\n"),
  run("CHECK: a\nCHECK-SAME: b\n", "a b\n"),
  run("CHECK: a\nCHECK-SAME: b\n", "a\nb\n"),
  run("CHECK: a{{[[:space:]]}}\nCHECK-SAME: b\n", "a\nb\n"),
  run("CHECK: a\nCHECK-EMPTY:\nCHECK-NEXT: b\n", "a\n\nb\n"),
  run("CHECK: a\nCHECK-EMPTY:\n", "a\nb\n"),
  run("CHECK: a\nCHECK-EMPTY:\n", "a\n"),
  run("CHECK: a\nCHECK-EMPTY:\n", "a"),
  run("CHECK: a\nCHECK-EMPTY: x\n", "a\n\n"),
  run("CHECK: a\nCHECK-EMPTY:\n", "a\n  \n"),
  run("CHECK: a\nCHECK-EMPTY:\nCHECK-EMPTY:\nCHECK-NEXT: c\n", "a\n\n\nc\n"),
  run("CHECK-NOT: b\nCHECK: c\n", "a\nc\nb\n"),
  run("CHECK-NOT: b\nCHECK: c\n", "a b\nc\n"),
  run("CHECK: a\nCHECK-NOT: b\n", "a\nc\n"),
  run("CHECK: a\nCHECK-NOT: b\n", "a\nc\nb\n"),
  run("CHECK: a\nCHECK-NOT: b\nCHECK-NOT: c\nCHECK: d\n", "a\nb\nc\nd\n"),
  run("CHECK-NOT: x\n", "y\n"),
  run("CHECK-NOT: x\n", "x\n"),
  run("CHECK-DAG: a\nCHECK-DAG: b\n", "b\na\n"),
  run("CHECK-DAG: a\nCHECK-DAG: a\n", "a\n"),
  run("CHECK-DAG: a\nCHECK-DAG: a\n", "a a\n"),
  run("CHECK-DAG: {{a|b}}\nCHECK-DAG: a\n", "a b\n"),
  run("CHECK-DAG: a\nCHECK-DAG: b\nCHECK-NOT: x\nCHECK-DAG: c\n", "b\na\nx\nc\n"),
  run("CHECK-DAG: a\nCHECK-DAG: b\nCHECK-NOT: x\nCHECK-DAG: c\n", "b\na\nc\nx\n"),
  run("CHECK-DAG: a\nCHECK-NOT: x\nCHECK-DAG: c\nCHECK-DAG: d\nCHECK: e\n", "a\nd\nc\ne\n"),
  run("CHECK: s\nCHECK-DAG: a\nCHECK-DAG: b\nCHECK-NEXT: c\n", "s\nb\na\nc\n"),
  run("CHECK: s\nCHECK-DAG: a\nCHECK-DAG: b\nCHECK-NEXT: c\n", "s\nb\na\n\nc\n"),
  run("CHECK-DAG: [[X:v[0-9]]] = 1\nCHECK-DAG: use [[X]]\n", "use v1\nv1 = 1\n"),
  run("CHECK-LABEL: f\nCHECK: a\nCHECK-LABEL: g\nCHECK: b\n", "f\na\ng\nb\n"),
  run("CHECK-LABEL: f\nCHECK: a\nCHECK-LABEL: g\nCHECK: b\n", "f\nx\ng\ny\n"),
  run("CHECK-LABEL: f\nCHECK: a\nCHECK-LABEL: g\nCHECK: b\n", "f\na\nb\n"),
  run("CHECK-LABEL: f{{[0-9]+}}\nCHECK: a\n", "f12\na\n"),
  run("CHECK-LABEL: [[X:f]]\n", "f\n"),
  run("CHECK-LABEL: [[X]]\n", "f\n", "-DX=f"),
  run("CHECK-LABEL: [[#X:]]\n", "5\n"),
  run("CHECK: a\nCHECK-NOT: b\nCHECK-LABEL: g\nCHECK: c\n", "a\nb\ng\nc\n"),
  run("CHECK-COUNT-3: a\n", "a\na a\n"),
  run("CHECK-COUNT-3: a\n", "a\na\n"),
  run("CHECK-COUNT-2: a\nCHECK-NOT: a\n", "a\na\na\n"),
  run("CHECK-COUNT-0: a\n", "a\n"),
  run("CHECK-COUNT-x: a\n", "a\n"),
  run("CHECK-COUNT-2-NEXT: a\n", "a\n"),
  run("CHECK-COUNT: a\n", "a\n"),
  run("CHECK-COUNT-99999999999: a\n", "a\n"),
  run("CHECK-NEXT-COUNT-2: a\nCHECK: b\n", "b\n"),
  run("CHECK{LITERAL}: [[x]] {{y}}\n", "[[x]] {{y}}\n"),
  run("CHECK{LITERAL}: [[x]]\n", "x\n"),
  run("CHECK: a\nCHECK-NEXT{LITERAL}: [[\n", "a\n[[\n"),
  run("CHECK{ LITERAL , LITERAL }: {{\n", "{{\n"),
  run("CHECK{FOO}: a\nCHECK: b\n", "b\n"),
  run("CHECK-DAG-NOT: a\n", "a\n"),
  run("CHECK-NOT-NEXT: a\n", "a\n"),
  run("CHECK-NOT-DAG{LITERAL}: a\nCHECK: b\n", "b\n"),
  run("CHECK_NEXT: a\n", "a\n"),
  run("CHECK_FOO: a\nCHECK: b\n", "b\n"),
  run("CHECK-NEXTT: a\nCHECK : c\nCHECK-FOO: d\nCHECK: b\n", "b\n"),
  run("XCHECK: a\nX-CHECK: a\n.CHECK: b\n", "b\n"),
  run("RUN: x CHECK: a\nCOM: CHECK: c\nCHECK: b\n", "b\n"),
  run("CHECK: a CHECK: b\n", "a CHECK: b\n"),
  run("CHECK:\n", "a\n"),
  run("CHECK:   \n", "a\n"),
  run("CHECK-NOT:\nCHECK: a\n", "a\n"),
  run("nothing\n", "a\n"),
  run("CHECK: a\n", ""),
  run("CHECK-NOT: a\n", "", "--allow-empty"),
  run("CHECK: a\n", "", "--allow-empty"),
  run("", "a\n"),
  run("CHECK: \ta\t b\n", "a    b\n"),
  run("CHECK: a b\r\nCHECK: c\r\n", "a b\r\nc\r\n"),
  run("CHECK: foo\nCHECK: {{^}}bar\n", "foobar\n"),
  run("CHECK-NOT: foo{{$}}\nCHECK: bar\n", "foobar\n"),
  run("CHECK: \u00e9{{.}}x\n", "\u00e9\u00e9x\n"),
  run("CHECK: h{{..}}llo\n", "h\u00e9llo\n"),
  run("CHECK: a\nCHECK-NEXT: b\n", "caf\u00e9 a\nx\u00e9\nb\n"),
  run("CHECK: foo\n", "\tbar\tbaz\n\tqux\n", "--strict-whitespace"),
];

const VARIABLES: readonly ConformanceCase[] = [
  run("CHECK: [[X:[a-z]+]] = 1\nCHECK: use [[X]]\n", "abc = 1\nuse abc\n"),
  run("CHECK: [[X:[a-z]+]] = 1\nCHECK: use [[X]]\n", "abc = 1\nuse abd\n"),
  run(
    "CHECK: [[X:%.*]] = [[Y:%.*]], [[Z:.*]]\nCHECK: [[Y]] [[Z]] [[X]]\n",
    "%a = %b, c, d\n%b c, d %a\n",
  ),
  run("CHECK: [[X:a|ab]][[Y:c|bcd]][[Z:d*]]\nCHECK: [[X]]-[[Y]]-[[Z]]\n", "abcd\nab-c-d\n"),
  run("CHECK: [[X:.+]] [[X]]\n", "ab ab\n"),
  run("CHECK: [[X:[a-z]+]] [[X]]$\n", "ab abc\n"),
  run("CHECK: <[[X:[a-z]+]]>.*</[[X]]>\n", "<b>x</b>\n"),
  run("CHECK: {{<}}[[X:[a-z]+]]>{{.*}}</[[X]]>\n", "<b><i>x</i></b>\n"),
  run("CHECK: [[X]]\n", "a\n"),
  run("CHECK-NOT: [[X]]\nCHECK: a\n", "a\n"),
  run("CHECK: [[X]] [[Y]]\n", "a\n"),
  run("CHECK: [[X:.*]]\nCHECK: [[X]]\n", "a.b*c(d)\na.b*c(d)\n"),
  run("CHECK: [[X:.*]]\nCHECK: [[X]]\n", "a.b*\naxb\n"),
  run("CHECK: [[X:.*]]\nCHECK: [[X]]!\n", 'say "hi"\\\tyou\nno\n', "--strict-whitespace"),
  run("CHECK: [[X: a]]\n", "a\n"),
  run("CHECK: [[X a]]\n", "a\n"),
  run("CHECK: [[1X:a]]\n", "a\n"),
  run("CHECK: [[X-Y:a]]\n", "a\n"),
  run("CHECK: [[X+1]]\n", "a\n"),
  run("CHECK: [[:a]]\n", "a\n"),
  run("CHECK: [[]]\n", "a\n"),
  run("CHECK: [[$:a]]\n", "a\n"),
  run("CHECK: [[@X]]\n", "a\n"),
  run("CHECK: [[X:a\n", "a\n"),
  run("CHECK: [[X:a]b]]\n", "a\n"),
  run("CHECK: [[X:[[:alpha:]]+]]1\n", "abc1\n"),
  run("CHECK: [[X:\\]]]\n", "]\n"),
  run("CHECK: dense<[[1, 2]]>\n", "a\n"),
  run("CHECK: [[[X:a]]]\n", "[a]\n"),
  run("CHECK: [[[[X:a]]]]\n", "[[a]]\n"),
  run("CHECK: {{{a}}}\n", "{a}\n"),
  run("CHECK: {{a\n", "a\n"),
  run("CHECK: {{}}\n", "a\n"),
  run("CHECK: {{a**}}\n", "a\n"),
  run("CHECK: {{(a}}\n", "a\n"),
  run("CHECK: {{a{2,}}}\n", "aa\n"),
  run("CHECK: {{(a{2,})}}\n", "aaa\n"),
  run("CHECK: {{[b-a]}}\n", "a\n"),
  run("CHECK: {{\\d+}}\n", "ddd\n"),
  run("CHECK: {{(a)(b)\\2\\1}}\n", "abba\n"),
  run("CHECK: {{\\1}}\n", "a\n"),
  run("CHECK: {{a|b}}c{{(x)\\1}}\n", "bcxx\n"),
  run("CHECK: [[A:a]][[B:b]]{{(c)\\1}}\n", "abcc\n"),
  run(
    "CHECK: x[[A:.]][[B:.]][[C:.]][[D:.]][[E:.]][[F:.]][[G:.]][[H:.]][[I:.]][[J:.]] [[J]]\n",
    "x0123456789 9\n",
  ),
  run("CHECK: x[[A:.]][[B:.]] [[B]][[A]]\n", "x01 10\n"),
  run("CHECK: [[X:a]]\nCHECK: [[X:b]]\nCHECK: [[X]]!\n", "a\nb\na!\nb!\n"),
  run(
    "CHECK-LABEL: f\nCHECK: [[X:a]]\nCHECK-LABEL: g\nCHECK: [[X]]\n",
    "f\na\ng\na\n",
    "--enable-var-scope",
  ),
  run(
    "CHECK-LABEL: f\nCHECK: [[$X:a]]\nCHECK-LABEL: g\nCHECK: [[$X]]\n",
    "f\na\ng\na\n",
    "--enable-var-scope",
  ),
  run(
    "CHECK-LABEL: f\nCHECK: [[X]]\nCHECK-LABEL: g\nCHECK: [[X]]\n",
    "f\na\ng\na\n",
    "--enable-var-scope",
    "-DX=a",
  ),
  run("CHECK: [[X]]\n", "a=b\n", "-DX=a=b"),
  run("CHECK: [[X]]\n", "a\n", "-DX"),
  run("CHECK: [[X]]\n", "a\n", "-D=a"),
  run("CHECK: [[X]]\n", "a\n", "-D1X=a"),
  run("CHECK: [[X]]\n", "a\n", "-DX+2=a"),
  run("CHECK: [[#X]]\n", "9\n", "-D#X=4+5"),
  run("CHECK: [[#Y]]\n", "10\n", "-D#X=9", "-D#Y=X+1"),
  run("CHECK: [[#Y]]\n", "10\n", "-D#Y=Z+1"),
  run("CHECK: [[#Y]]\n", "10\n", "-D#Y=1x"),
  run("CHECK: [[#Y]]\n", "a\n", "-D#%x,Y=10"),
  run("CHECK: [[X]]\n", "a\n", "-DX=a", "-D#X=1"),
  run("CHECK: [[X]]\n", "a\n", "-D#X=1", "-DX=a"),
];

const NUMBERS: readonly ConformanceCase[] = [
  run("CHECK: [[#A:]]\nCHECK: [[#A+1]]\n", "41\n42\n"),
  run("CHECK: [[#A:]]\nCHECK: [[#A+1]]\n", "41\n43\n"),
  run("CHECK: [[#]] x\n", "12 x\n"),
  run("CHECK: [[#%x,A:]]\nCHECK: [[#A+1]]\n", "ff\n100\n"),
  run("CHECK: [[#%X,A:]]\nCHECK: [[#A-1]]\n", "FF\nFE\n"),
  run("CHECK: [[#%#x,A:]]\nCHECK: [[#A]]\n", "0xff\n0xff\n"),
  run("CHECK: [[#%.4u,A:]]\nCHECK: [[#A+1]]\n", "0007\n0008\n"),
  run("CHECK: [[#%.4u,A:]]\nCHECK: [[#%u,A+1]]\n", "0007\n8\n"),
  run("CHECK: [[#%d,A:]]\nCHECK: [[#A-1]]\n", "-5\n-6\n"),
  run("CHECK: [[#%.3d,A:]]\nCHECK: [[#A]]\n", "-005\n-005\n"),
  run("CHECK: [[#%#.4x,A:]]\nCHECK: [[#A]]\n", "0x00ff\n0x00ff\n"),
  run("CHECK: [[#A:]]\nCHECK: [[#A-10]]\n", "5\n-5\n"),
  run("CHECK: [[#A:]]\nCHECK: [[#div(A,0)]]\n", "5\n-5\n"),
  run(
    "CHECK: [[#A:]] [[#B:]]\nCHECK: [[#add(A,B)]] [[#mul(A,B)]] [[#max(A,B)]] [[#min(A,B)]] [[#sub(B,A)]] [[#div(B,A)]]\n",
    "3 10\n13 30 10 3 7 3\n",
  ),
  run("CHECK: [[#A:]]\nCHECK: [[#(A+1)-(2-A)]]\n", "5\n9\n"),
  run("CHECK: [[#A:]]\nCHECK: [[#A+0x10+0b1]]\n", "5\n22\n"),
  run("CHECK: [[#A:]]\nCHECK: [[#A+010]]\n", "5\n13\n"),
  run("CHECK: [[#A:]]\nCHECK: [[#A + 99999999999999999999]]\n", "5\n100000000000000000004\n"),
  run("CHECK: [[#A:]]\nCHECK: [[#B:A+1]] [[#]]\nCHECK: [[#B]]\n", "5\n6 7\n6\n"),
  run("CHECK: [[#A:]]\nCHECK: [[#B: == A+1]]\n", "5\n6\n"),
  run("CHECK: [[#A:]]\nCHECK: [[#== A+1]]\n", "5\n6\n"),
  run("CHECK: [[#A: ==]]\n", "5\n"),
  run("CHECK: [[#A:]]\nCHECK: [[#A*2]]\n", "5\n10\n"),
  run("CHECK: [[#A:]]\nCHECK: [[#A+]]\n", "5\n10\n"),
  run("CHECK: [[#A:]]\nCHECK: [[#(A+1]]\n", "5\n10\n"),
  run("CHECK: [[#A:]]\nCHECK: [[#()]]\n", "5\n10\n"),
  run("CHECK: [[#A:]]\nCHECK: [[#foo(A,1)]]\n", "5\n10\n"),
  run("CHECK: [[#A:]]\nCHECK: [[#add(A)]]\n", "5\n10\n"),
  run("CHECK: [[#A:]]\nCHECK: [[#add(A,,1)]]\n", "5\n10\n"),
  run("CHECK: [[#A:]]\nCHECK: [[#add(A,1,)]]\n", "5\n10\n"),
  run("CHECK: [[#A:]]\nCHECK: [[#add(A,1]]\n", "5\n10\n"),
  run("CHECK: [[#A:]]\nCHECK: [[#add(A,1,2)]]\n", "5\n10\n"),
  run("CHECK: [[#%z,A:]]\n", "5\n"),
  run("CHECK: [[#x,A:]]\n", "5\n"),
  run("CHECK: [[#%xx,A:]]\n", "5\n"),
  run("CHECK: [[#%#u,A:]]\n", "5\n"),
  run("CHECK: [[#%.u,A:]]\n", "5\n"),
  run("CHECK: [[#1A:]]\n", "5\n"),
  run("CHECK: [[#A B:]]\n", "5\n"),
  run("CHECK: [[#@LINE:]]\n", "5\n"),
  run("CHECK: [[#@FOO]]\n", "5\n"),
  run("CHECK: [[#A:]] [[#A]]\n", "5 5\n"),
  run("CHECK: [[#B]]\n", "5\n"),
  run("CHECK: [[#B+C]]\n", "5\n"),
  run("CHECK: [[#%x,A:]] [[#B:]]\nCHECK: [[#A+B]]\n", "5 5\n10\n"),
  run("CHECK: [[#%x,A:]] [[#B:]]\nCHECK: [[#%u,A+B]]\n", "a 5\n15\n"),
  run("CHECK: [[#%x,A:]]\nCHECK: [[#A:]]\n", "a\n5\n"),
  run("CHECK: [[A:a]]\nCHECK: [[#A:]]\n", "a\n5\n"),
  run("CHECK: [[#A:]]\nCHECK: [[A:a]]\n", "5\na\n"),
  run("CHECK: [[@LINE]]\nCHECK: [[@LINE+1]] [[@LINE-1]]\n", "1\n3 1\n"),
  run("CHECK: [[@LINE +1]]\n", "1\n"),
  run("CHECK: [[@LINE+x]]\n", "1\n"),
  run("CHECK: [[@LINE+1+2]]\n", "1\n"),
  run("CHECK: [[# @LINE + 3 ]]\n", "4\n"),
  run("CHECK: [[#@LINE]] [[# add(@LINE, 1) ]]\n", "1 2\n"),
  run("CHECK: [[#A:]]\nCHECK: [[#A]]\n", "007\n7\n"),
  run("CHECK: [[#%x,A:]]\n", "FF\n"),
  run("CHECK: [[#%x,A:]]\nCHECK: [[#A]]\n", "FF\nff\n", "--ignore-case"),
  run("CHECK: [[#A:]]\nCHECK: [[#A]]\n", "5\n55\n"),
];

const OPTIONS: readonly ConformanceCase[] = [
  run("A: a\nB: b\n", "a\nb\n", "--check-prefix=A"),
  run("A: a\nB: b\n", "a\nc\n", "--check-prefixes=A,B"),
  run("A: a\nB: b\n", "a\nc\n", "-check-prefix", "A", "-check-prefix", "B"),
  run("A: a\n", "a\n", "--check-prefixes=A,B"),
  run("A: a\n", "a\n", "--check-prefixes=A,B", "--allow-unused-prefixes"),
  run("C: a\n", "a\n", "--check-prefixes=A,B", "--allow-unused-prefixes"),
  run("A: a\n", "a\n", "--check-prefixes=A,A"),
  run("A: a\n", "a\n", "--check-prefix=A,B"),
  run("A: a\n", "a\n", "--check-prefix="),
  run("A: a\n", "a\n", "--check-prefix=COM"),
  run("1A: a\n", "a\n", "--check-prefix=1A"),
  run("A-B: a\nA: b\n", "a\nb\n", "--check-prefixes=A,A-B"),
  run("FOO-NOT: x\n", "x\n", "--check-prefixes=FOO,FOO-NOT"),
  run("REM: CHECK: x\nCHECK: b\n", "b\n", "--comment-prefixes=REM"),
  run("CHECK: a\n", "a\nbad\n", "--implicit-check-not=bad"),
  run("CHECK: a\n", "a\nbad\n", "--implicit-check-not=bad", "--implicit-check-not={{b.d}}"),
  run("nothing\n", "good\n", "--implicit-check-not=bad"),
  run("nothing\n", "bad\n", "--implicit-check-not=bad"),
  run("CHECK-DAG: a\nCHECK-DAG: b\n", "b\nbad\na\n", "--implicit-check-not=bad"),
  run("CHECK: foo\n", "  foo  \n", "--match-full-lines"),
  run("CHECK: foo\n", "foo bar\n", "--match-full-lines"),
  run("CHECK:  foo\n", "  foo\n", "--match-full-lines", "--strict-whitespace"),
  run("CHECK:foo\n", "  foo\n", "--match-full-lines", "--strict-whitespace"),
  run("CHECK{LITERAL}: foo\n", "x foo y\n", "--match-full-lines"),
  run("CHECK: a\nCHECK-NOT: b\n", "a\nxbx\n", "--match-full-lines"),
  run("CHECK: a\nCHECK-NEXT: b{{.*}}\n", "a\n bcd\n", "--match-full-lines"),
  run("CHECK: a  b\n", "a b\n", "--strict-whitespace"),
  run("CHECK: a\tb\n", "x\ta\tc\n", "--strict-whitespace"),
  run("CHECK: FOO\n", "a foo\n", "--ignore-case"),
  run("CHECK: F{{O+}}\n", "a foo\n", "--ignore-case"),
  run("CHECK: [[X:a+]]\nCHECK: [[X]]!\n", "aa\nAA!\n", "--ignore-case"),
  run("CHECK: [[X:a+]] [[X]]\n", "aa AA\n", "--ignore-case"),
  run("CHECK: \u00c9\n", "\u00e9\n", "--ignore-case"),
  run("CHECK-DAG: aa\nCHECK-DAG: a\n", "aa\n", "--allow-deprecated-dag-overlap"),
  run("CHECK-DAG: b\nCHECK-DAG: ab\nCHECK: c\n", "abc\n", "--allow-deprecated-dag-overlap"),
];

/** What LLVM does in corners that a reader of its manual would not guess. */
const CORNERS: readonly ConformanceCase[] = [
  // At the very end of a file the suffix belongs to the pattern.
  run("CHECK: a\nCHECK-EMPTY:", "a\n\n"),
  run("CHECK-DAG:", "x\n"),
  run("CHECK:", "a: b\n"),
  run("CHECK: a\nCHECK_NEXT:", "a\n"),
  run("CHECK: a\nCHECK-COUNT-0:", "a\n"),
  run("CHECK: a\n// COM:", "a\n"),
  // Columns begin anew behind a carriage return, lines do not.
  run("x\rCHECK: a\r\nb\rCHECK-NEXT: c\n", "a\nb\rd\n"),
  run("CHECK: a\n", "x\ry\rb\n", "--dump-input=always"),
  run("CHECK: b\nCHECK: c\n", "x\rb\r\ny\n", "-v"),
  // What is repeated zero times leaves its branch empty.
  run("CHECK: {{a{0}}}\n", "a\n"),
  run("CHECK: {{(a{0})}}\n", "a\n"),
  run("CHECK: {{(x|a{0,0})}}\n", "a\n"),
  run("CHECK: {{a{0}b}}\n", "ab\n"),
  run("CHECK: {{(a|b){0}c{2}}}\n", "cc\n"),
  // A prefix of another base without digits is a zero.
  run("CHECK: [[#08]]\n", "0\n"),
  run("CHECK: [[#0xg]]\n", "0\n"),
  run("CHECK: [[#0x]]\n", "0\n"),
  run("CHECK: [[#0b2+1]]\n", "0\n"),
  run("CHECK: [[#-017+0xF]]\n", "0\n"),
  // Messages about operations in parentheses quote them from the operator on; every conflict is told.
  run("CHECK: [[#%d,A:]]\nCHECK: [[#B:]]\nCHECK: [[#(A - B)]]\n", "1\n2\n3\n"),
  run("CHECK: [[#%d,A:]]\nCHECK: [[#B:]]\nCHECK: [[#A-(3-B-1)]]\n", "1\n2\n3\n"),
  run("CHECK: [[#%d,A:]]\nCHECK: [[#B:]]\nCHECK: [[#(max(A,B))]]\n", "1\n2\n3\n"),
  run("CHECK: [[#%d,A:]]\nCHECK: [[#B:]]\nCHECK: [[#add(A+B,mul(B,A))]]\n", "1\n2\n3\n"),
];

const DUMPS: readonly ConformanceCase[] = (() => {
  const checks = [
    "CHECK: one\nCHECK-NEXT: [[X:t.o]]\nCHECK-NOT: zzz\nCHECK-DAG: five\nCHECK-DAG: [[#N:]]\nCHECK: [[X]]\n",
    "CHECK-LABEL: one\nCHECK: two\nCHECK-SAME: [[Y:wo]]\nCHECK-LABEL: four\nCHECK-EMPTY:\n",
    "CHECK-COUNT-2: {{o.}}\nCHECK-NOT: f\nCHECK: six\n",
    "CHECK-DAG: t{{[a-z]+}}\nCHECK-DAG: t{{[a-z]+}}\nCHECK-DAG: two\n",
  ];
  const input =
    "zero\none\ntwo\nthree\nfour\n\nfive 5\nsix\nseven\neight\nnine\nten\neleven\ntwelve\nthirteen\n";
  const options = [
    ["--dump-input=always"],
    ["--dump-input=always", "-v"],
    ["--dump-input=always", "--vv"],
    ["--dump-input=never", "-v"],
    ["--dump-input=never", "-vv"],
    ["--dump-input=fail", "-v"],
    ["--dump-input=fail", "--dump-input-filter=all"],
    ["--dump-input-filter=annotation", "--dump-input-context=1", "--vv"],
    ["--dump-input-filter=annotation-full", "--dump-input-context=0"],
    ["--dump-input-filter=error", "--dump-input-context=0", "-v"],
    ["--dump-input=never", "--dump-input=always", "--dump-input-context=2"],
    ["--dump-input-context=1", "--dump-input-context=2"],
    ["--color"],
    ["--color", "--vv", "--dump-input=always"],
    ["--color", "-v", "--dump-input=never"],
  ];
  return checks.flatMap((check) => options.map((option) => run(check, input, ...option)));
})();

/** A small generator with a fixed seed, so that every run tries the same cases. */
function* randomNumbers(seed: number): Generator<number, never> {
  let state = seed >>> 0;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state >>> 8;
  }
}

const PIECES = [
  "a",
  "b",
  "ab",
  "a b",
  "{{a+}}",
  "{{a|ab}}",
  "{{[ab]*c?}}",
  "[[X:[ab]+]]",
  "[[X]]",
  "{{.*}}b",
  "[[Y:a.?]]",
  "[[Y]]",
  "[[#N:]]",
  "[[#N]]",
  "[[#N+1]]",
  "1",
  "{{^}}a",
  "b{{$}}",
  "{{(a|b)*}}1",
];
const SUFFIXES = [
  "",
  "",
  "",
  "-NEXT",
  "-SAME",
  "-NOT",
  "-DAG",
  "-DAG",
  "-LABEL",
  "-EMPTY",
  "-COUNT-2",
];
const WORDS = ["a", "b", "ab", "ba", "aab", "1", "2", "12", "c", "abc", ""];
const FLAGS = [
  [],
  [],
  [],
  ["-v"],
  ["--vv"],
  ["--dump-input=never", "--vv"],
  ["--enable-var-scope"],
  ["--match-full-lines"],
  ["--implicit-check-not=c"],
  ["--strict-whitespace"],
  ["--ignore-case"],
  ["--dump-input=always"],
];

/** Random check files of a few directives over random inputs of a few short lines. */
export function generatedCases(count: number, seed = 20_261_121): ConformanceCase[] {
  const numbers = randomNumbers(seed);
  const below = (limit: number): number => numbers.next().value % limit;
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const many = <T>(least: number, most: number, make: () => T): T[] =>
    Array.from({ length: least + below(most - least + 1) }, make);
  return Array.from({ length: count }, () => {
    const directives = many(1, 5, () => {
      const suffix = pick(SUFFIXES);
      const pattern =
        suffix === "-EMPTY" ? "" : ` ${many(1, 2, () => pick(PIECES)).join(pick(["", " "]))}`;
      return `CHECK${suffix}:${pattern}\n`;
    });
    const lines = many(1, 7, () => `${many(1, 4, () => pick(WORDS)).join(" ")}\n`);
    return run(directives.join(""), lines.join(""), ...pick(FLAGS));
  });
}

/** All written cases by topic. */
export const WRITTEN_CASES: Readonly<Record<string, readonly ConformanceCase[]>> = {
  directives: DIRECTIVES,
  variables: VARIABLES,
  numbers: NUMBERS,
  options: OPTIONS,
  corners: CORNERS,
  dumps: DUMPS,
};
