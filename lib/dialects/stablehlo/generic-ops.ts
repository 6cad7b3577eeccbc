/** @file StableHLO's and CHLO's ops that have no record: they are kept in generic form. */

const STABLEHLO =
  "after_all all_gather all_reduce all_to_all async_done async_start batch_norm_grad batch_norm_inference batch_norm_training broadcast cholesky collective_broadcast collective_permute collective_reduce complex convolution count_leading_zeros create_token cross-replica-sum dynamic_broadcast_in_dim dynamic_conv dynamic_gather dynamic_pad dynamic_reshape einsum fft get_dimension_size get_tuple_element imag infeed map outfeed partition_id popcnt real real_dynamic_slice recv reduce_scatter replica_id rng rng_bit_generator select_and_scatter send set_dimension_size torch_index_select triangular_solve tuple unary_einsum uniform_dequantize uniform_quantize";

/** Names with their dialect. */
export const genericStablehloOps: readonly string[] = STABLEHLO.split(" ").map(
  (name) => `stablehlo.${name}`,
);
