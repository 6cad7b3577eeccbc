/** @file The verifier on modules built in memory: structure, traits, uses, symbols, and its speed. */
import { describe, expect, it } from "vitest";
import { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { makeContext } from "#lib/dialects/all.ts";
import { builtin } from "#lib/dialects/builtin/ops.ts";
import { createFunction } from "#lib/dialects/func/functions.ts";
import { func } from "#lib/dialects/func/ops.ts";
import { StablehloBuilder } from "#lib/dialects/stablehlo/build.ts";
import { stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import { i64ArrayAttr, stringAttr } from "#lib/ir/attributes.ts";
import { Builder } from "#lib/ir/builder.ts";
import { Block, Operation, Region, type Value } from "#lib/ir/graph.ts";
import { floatType, integerType, type Type, tensorOf } from "#lib/ir/types.ts";
import { verifyOp } from "#lib/verify/verify.ts";

const context = makeContext();
const f32 = (...shape: number[]): Type => tensorOf("f32", shape);

/** A module around operations. */
const moduleOf = (...ops: readonly Operation[]): Operation => {
  const block = new Block();
  for (const op of ops) block.append(op);
  return new Operation({
    name: builtin.module.name,
    def: builtin.module,
    regions: [new Region([block])],
  });
};

/** A module with a function of the given argument types, whose body `build` fills and which returns nothing. */
function withBody(
  inputs: readonly Type[],
  build: (b: StablehloBuilder, args: readonly Value[]) => void,
): Operation {
  const parameters = inputs.map((type) => ({ type, attrs: new Map() }));
  const { fn, args, builder } = createFunction("f", parameters, []);
  build(new StablehloBuilder(builder), args);
  builder.create(func.return, { operands: [] }, {});
  return moduleOf(fn);
}

/** Messages of all errors, notes indented below. */
function messagesOf(root: Operation): string[] {
  const engine = new DiagnosticEngine();
  const ok = verifyOp(root, engine, context);
  expect(ok).toBe(engine.errorCount === 0);
  return engine.diagnostics.flatMap(({ message, notes }) => [
    message,
    ...notes.map((note) => `  ${note.message}`),
  ]);
}

const unregistered = (parts: Partial<ConstructorParameters<typeof Operation>[0]>): Operation =>
  new Operation({ name: "stablehlo.unknown", def: null, ...parts });

describe("structure", () => {
  it("accepts a function that adds", () => {
    expect(
      messagesOf(
        withBody([f32(2), f32(2)], (b, [x, y]) => {
          b.add(x as Value, y as Value);
        }),
      ),
    ).toEqual([]);
  });

  const add = (operands: readonly Value[], resultTypes: readonly Type[], regions = 0): Operation =>
    new Operation({
      name: "stablehlo.add",
      def: stablehlo.add,
      operands,
      resultTypes,
      regions: Array.from({ length: regions }, () => new Region()),
    });

  it("counts operands, results and regions", () => {
    expect(
      messagesOf(
        withBody([f32(2)], ({ builder }, [x]) => {
          const value = x as Value;
          builder.insert(add([value], [f32(2)]));
          builder.insert(add([value, value], []));
          builder.insert(add([value, value], [f32(2)], 1));
        }),
      ),
    ).toEqual([
      "'stablehlo.add' op expected 2 operands, but found 1",
      "'stablehlo.add' op requires one result",
      "'stablehlo.add' op requires zero regions",
    ]);
  });

  it("names the type that an operand or result does not have", () => {
    const any =
      "ranked tensor of 4/6/8/16/32/64-bit float or bool or 2/4/8/16/32/64-bit integer or complex type with 32/64-bit float elements or per-tensor integer quantized or per-axis integer quantized values";
    expect(
      messagesOf(
        withBody([integerType(32), f32(2)], ({ builder }, [x, y]) => {
          builder.insert(add([x as Value, x as Value], [integerType(32)]));
          builder.insert(add([y as Value, y as Value], [floatType("f32")]));
        }),
      ),
    ).toEqual([
      `'stablehlo.add' op operand #0 must be ${any}, but got 'i32'`,
      `'stablehlo.add' op result #0 must be ${any}, but got 'f32'`,
    ]);
  });

  it("asks for attributes and their form", () => {
    const transpose = (x: Value, properties: Map<string, ReturnType<typeof stringAttr>>) =>
      new Operation({
        name: "stablehlo.transpose",
        def: stablehlo.transpose,
        operands: [x],
        resultTypes: [x.type],
        properties,
      });
    expect(
      messagesOf(
        withBody([f32(2)], ({ builder }, [x]) => {
          builder.insert(transpose(x as Value, new Map()));
          builder.insert(transpose(x as Value, new Map([["permutation", stringAttr("0")]])));
        }),
      ),
    ).toEqual([
      "'stablehlo.transpose' op requires attribute 'permutation'",
      "'stablehlo.transpose' op attribute 'permutation' failed to satisfy constraint: i64 dense array attribute",
    ]);
  });

  it("asks for terminators", () => {
    const fn = createFunction("f", [], []).fn;
    expect(messagesOf(moduleOf(fn))).toEqual(["empty block: expect at least a terminator"]);
    const { fn: other, builder } = createFunction("g", [], []);
    new StablehloBuilder(builder).scalar("f32", 1);
    const root = moduleOf(other);
    expect(messagesOf(root)).toEqual([
      'block with no terminator, has %0 = "stablehlo.constant"() <{value = dense<1.000000e+00> : tensor<f32>}> : () -> tensor<f32>',
    ]);
    builder.create(func.return, { operands: [] }, {});
    builder.create(func.return, { operands: [] }, {});
    expect(messagesOf(root)).toEqual([
      "'func.return' op must be the last operation in the parent block",
    ]);
  });

  it("shows the op where a describer is given", () => {
    const engine = new DiagnosticEngine();
    const root = withBody([f32(2)], ({ builder }, [x]) => {
      builder.insert(add([x as Value], [f32(2)]));
    });
    verifyOp(root, engine, context, { describe: (op) => `<${op.name}>` });
    expect(engine.diagnostics[0]?.notes[0]?.message).toBe("see current operation: <stablehlo.add>");
  });

  it("says which dialects are not registered", () => {
    const foreign = new Operation({ name: "foo.bar", def: null });
    expect(messagesOf(moduleOf(foreign))[0]).toMatch(/^'foo.bar' op created with unregistered/);
    const lenient = makeContext({ allowUnregisteredDialects: true });
    expect(
      verifyOp(
        moduleOf(new Operation({ name: "foo.bar", def: null })),
        new DiagnosticEngine(),
        lenient,
      ),
    ).toBe(true);
  });
});

describe("uses", () => {
  it("finds a use before the definition", () => {
    const root = withBody([f32(2)], (b, [x]) => {
      const first = b.negate(x as Value);
      const second = b.negate(x as Value);
      first.op?.setOperand(0, second);
    });
    expect(messagesOf(root)).toEqual([
      "operand #0 does not dominate this use",
      "  operand defined here (op in the same block)",
    ]);
  });

  it("finds a use of its own result", () => {
    const root = withBody([f32(2)], (b, [x]) => {
      const value = b.negate(x as Value);
      value.op?.setOperand(0, value);
    });
    expect(messagesOf(root)).toHaveLength(2);
  });

  it("finds a value from another region", () => {
    const pred = tensorOf("i1", []);
    const root = withBody([pred], (b, [p]) => {
      const blocks = [new Block(), new Block()] as const;
      const inner = new StablehloBuilder(Builder.atEnd(blocks[0]));
      const value = inner.scalar("f32", 1);
      inner.builder.create(stablehlo.return, { results: [] }, {});
      const other = new StablehloBuilder(Builder.atEnd(blocks[1]));
      other.negate(value);
      other.builder.create(stablehlo.return, { results: [] }, {});
      b.builder.create(
        stablehlo.if,
        { pred: p as Value },
        {},
        { regions: blocks.map((block) => new Region([block])), resultTypes: [] },
      );
    });
    expect(messagesOf(root)).toEqual([
      "operand #0 does not dominate this use",
      "  operand defined here (op is neither in a parent nor in a child region)",
    ]);
  });

  it("keeps functions isolated", () => {
    const { fn, args, builder } = createFunction("f", [{ type: f32(2), attrs: new Map() }], []);
    builder.create(func.return, { operands: [] }, {});
    const { fn: other, builder: inner } = createFunction("g", [], []);
    new StablehloBuilder(inner).negate(args[0] as Value);
    inner.create(func.return, { operands: [] }, {});
    expect(messagesOf(moduleOf(fn, other))).toEqual([
      "'stablehlo.negate' op using value defined outside the region",
      "  required by region isolation constraints",
    ]);
  });

  it("follows dominance between blocks", () => {
    const build = (swap: boolean): Operation => {
      const { fn } = createFunction("f", [], []);
      const region = fn.region();
      const [entry, left, right, end] = [region.entry, new Block(), new Block(), new Block()];
      for (const block of [left, right, end]) region.append(block);
      const branch = (block: Block, ...successors: Block[]): void =>
        block.append(unregistered({ successors }));
      const inEntry = new StablehloBuilder(Builder.atEnd(entry)).scalar("f32", 1);
      branch(entry, left, right);
      const inLeft = new StablehloBuilder(Builder.atEnd(left)).scalar("f32", 1);
      branch(left, end);
      branch(right, end);
      new StablehloBuilder(Builder.atEnd(end)).negate(swap ? inLeft : inEntry);
      Builder.atEnd(end).create(func.return, { operands: [] }, {});
      return moduleOf(fn);
    };
    expect(messagesOf(build(false))).toEqual([]);
    expect(messagesOf(build(true))).toEqual([
      "operand #0 does not dominate this use",
      "  operand defined here (op in the same region)",
    ]);
  });
});

describe("symbols", () => {
  it("finds names that are given twice", () => {
    const fn = (): Operation => {
      const { fn: op, builder } = createFunction("f", [], []);
      builder.create(func.return, { operands: [] }, {});
      return op;
    };
    expect(messagesOf(moduleOf(fn(), fn()))).toEqual([
      "redefinition of symbol named 'f'",
      "  see existing symbol definition here",
    ]);
  });

  it("finds calls of nothing", () => {
    const root = withBody([f32(2)], (b, [x]) => {
      b.builder.create(
        func.call,
        { operands: [x as Value] },
        { callee: "g" },
        { resultTypes: [f32(2)] },
      );
    });
    expect(messagesOf(root)).toEqual(["'func.call' op 'g' does not reference a valid function"]);
  });
});

describe("size", () => {
  it("verifies thousands of ops in milliseconds", () => {
    const root = withBody([f32(4, 4)], (b, [x]) => {
      let value = x as Value;
      for (let i = 0; i < 5000; i++) {
        value = b.add(value, b.transpose(value, [1, 0]));
        value = b.dotGeneral(value, value, {
          lhsBatching: [],
          rhsBatching: [],
          lhsContracting: [1],
          rhsContracting: [0],
        });
      }
    });
    expect(messagesOf(root)).toEqual([]);
    const start = performance.now();
    expect(messagesOf(root)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(500);
  });

  it("does not recurse into nested regions", () => {
    const pred = tensorOf("i1", []);
    const root = withBody([pred], (b, [p]) => {
      let { builder } = b;
      for (let depth = 0; depth < 2000; depth++) {
        const [on, off] = [new Block(), new Block()];
        Builder.atEnd(off).create(stablehlo.return, { results: [] }, {});
        const regions = [new Region([on]), new Region([off])];
        builder.create(stablehlo.if, { pred: p as Value }, {}, { regions, resultTypes: [] });
        if (depth > 0) builder.create(stablehlo.return, { results: [] }, {});
        builder = Builder.atEnd(on);
      }
      builder.create(stablehlo.return, { results: [] }, {});
    });
    expect(messagesOf(root)).toEqual([]);
  });

  it("stops after a hundred errors", () => {
    const root = withBody([f32(2, 3)], (b, [x]) => {
      for (let i = 0; i < 5000; i++)
        b.builder.insert(
          new Operation({ name: "stablehlo.abs", def: stablehlo.abs, operands: [x as Value] }),
        );
    });
    expect(messagesOf(root)).toHaveLength(100);
  });

  it("reports one error per wrong op", () => {
    const root = withBody([f32(2, 3)], (b, [x]) => {
      for (let i = 0; i < 3; i++)
        b.builder.insert(
          new Operation({
            name: "stablehlo.transpose",
            def: stablehlo.transpose,
            operands: [x as Value],
            resultTypes: [f32(3, 2)],
            properties: new Map([["permutation", i64ArrayAttr([i, i])]]),
          }),
        );
    });
    expect(messagesOf(root)).toHaveLength(6);
  });
});
