/** @file Makes StableHLO modules of a wanted size. */

/** Ops that {@link layer} writes. */
const OPS_PER_LAYER = 14;

/** A layer of a small network on value `%from`; its result is `%x<n>`. */
function layer(n: number, from: string): string {
  const t = "tensor<32x64xf32>";
  return `    %w${n} = stablehlo.constant dense<${n % 7}.5> : tensor<64x64xf32>
    %a${n} = stablehlo.dot_general ${from}, %w${n}, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (${t}, tensor<64x64xf32>) -> ${t}
    %b${n} = stablehlo.tanh %a${n} : ${t}
    %c${n} = stablehlo.multiply %b${n}, %a${n} : ${t}
    %d${n} = stablehlo.reduce(%c${n} init: %zero) applies stablehlo.add across dimensions = [1] : (${t}, tensor<f32>) -> tensor<32xf32>
    %e${n} = stablehlo.broadcast_in_dim %d${n}, dims = [0] : (tensor<32xf32>) -> ${t}
    %f${n} = stablehlo.subtract %c${n}, %e${n} : ${t}
    %g${n} = stablehlo.transpose %f${n}, dims = [1, 0] : (${t}) -> tensor<64x32xf32>
    %h${n} = stablehlo.reshape %g${n} : (tensor<64x32xf32>) -> ${t}
    %i${n} = stablehlo.slice %h${n} [0:16, 0:64] : (${t}) -> tensor<16x64xf32>
    %j${n} = stablehlo.concatenate %i${n}, %i${n}, dim = 0 : (tensor<16x64xf32>, tensor<16x64xf32>) -> ${t}
    %k${n} = stablehlo.compare LT, %j${n}, ${from}, FLOAT : (${t}, ${t}) -> tensor<32x64xi1>
    %l${n} = stablehlo.select %k${n}, %j${n}, ${from} : tensor<32x64xi1>, ${t}
    %x${n} = stablehlo.add %l${n}, %f${n} : ${t}
`;
}

/** A constant of `count` f32 elements, as a list of numbers or as a hexadecimal string. */
function constant(n: number, count: number, hex: boolean): string {
  const body = hex
    ? `"0x${Array.from({ length: count }, (_, i) =>
        (0x3f800000 + i * 7919).toString(16).padStart(8, "0"),
      )
        .join("")
        .toUpperCase()}"`
    : `[${Array.from({ length: count }, (_, i) => `${(i % 97) + 0.25}`).join(", ")}]`;
  return `    %big${n} = stablehlo.constant dense<${body}> : tensor<${count}xf32>\n`;
}

/** A module of about `ops` ops; constants fill it up to about `bytes`. */
export function moduleText(ops: number, bytes: number): string {
  const layers = Math.max(1, Math.round(ops / OPS_PER_LAYER));
  const parts = ["    %zero = stablehlo.constant dense<0.0> : tensor<f32>\n"];
  for (let n = 0; n < layers; n++) parts.push(layer(n, n === 0 ? "%arg0" : `%x${n - 1}`));
  let size = parts.reduce((sum, part) => sum + part.length, 0);
  for (let n = 0; size < bytes; n++) {
    const part = constant(
      n,
      Math.min(4096, Math.max(64, Math.floor((bytes - size) / 8))),
      n % 2 === 0,
    );
    size += part.length;
    parts.push(part);
  }
  return `module {\n  func.func @main(%arg0: tensor<32x64xf32>) -> tensor<32x64xf32> {\n${parts.join("")}    return %x${layers - 1} : tensor<32x64xf32>\n  }\n}\n`;
}
