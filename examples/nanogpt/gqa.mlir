module attributes {pcp.format = 1 : i64} {
  func.func @main(%arg0: tensor<65x32xf32> {pcp.name = "wte.weight", pcp.role = "param"}, %arg1: tensor<32x32xf32> {pcp.name = "wpe.weight", pcp.role = "param"}, %arg2: tensor<32xf32> {pcp.name = "blocks.0.norm1.weight", pcp.role = "param"}, %arg3: tensor<32xf32> {pcp.name = "blocks.0.norm1.bias", pcp.role = "param"}, %arg4: tensor<32x32xf32> {pcp.name = "blocks.0.attn.q.weight", pcp.role = "param"}, %arg5: tensor<32xf32> {pcp.name = "blocks.0.attn.q.bias", pcp.role = "param"}, %arg6: tensor<32x32xf32> {pcp.name = "blocks.0.attn.kv.weight", pcp.role = "param"}, %arg7: tensor<32xf32> {pcp.name = "blocks.0.attn.kv.bias", pcp.role = "param"}, %arg8: tensor<32x32xf32> {pcp.name = "blocks.0.attn.out.weight", pcp.role = "param"}, %arg9: tensor<32xf32> {pcp.name = "blocks.0.attn.out.bias", pcp.role = "param"}, %arg10: tensor<32xf32> {pcp.name = "blocks.0.norm2.weight", pcp.role = "param"}, %arg11: tensor<32xf32> {pcp.name = "blocks.0.norm2.bias", pcp.role = "param"}, %arg12: tensor<128x32xf32> {pcp.name = "blocks.0.up.weight", pcp.role = "param"}, %arg13: tensor<128xf32> {pcp.name = "blocks.0.up.bias", pcp.role = "param"}, %arg14: tensor<32x128xf32> {pcp.name = "blocks.0.down.weight", pcp.role = "param"}, %arg15: tensor<32xf32> {pcp.name = "blocks.0.down.bias", pcp.role = "param"}, %arg16: tensor<32xf32> {pcp.name = "blocks.1.norm1.weight", pcp.role = "param"}, %arg17: tensor<32xf32> {pcp.name = "blocks.1.norm1.bias", pcp.role = "param"}, %arg18: tensor<32x32xf32> {pcp.name = "blocks.1.attn.q.weight", pcp.role = "param"}, %arg19: tensor<32xf32> {pcp.name = "blocks.1.attn.q.bias", pcp.role = "param"}, %arg20: tensor<32x32xf32> {pcp.name = "blocks.1.attn.kv.weight", pcp.role = "param"}, %arg21: tensor<32xf32> {pcp.name = "blocks.1.attn.kv.bias", pcp.role = "param"}, %arg22: tensor<32x32xf32> {pcp.name = "blocks.1.attn.out.weight", pcp.role = "param"}, %arg23: tensor<32xf32> {pcp.name = "blocks.1.attn.out.bias", pcp.role = "param"}, %arg24: tensor<32xf32> {pcp.name = "blocks.1.norm2.weight", pcp.role = "param"}, %arg25: tensor<32xf32> {pcp.name = "blocks.1.norm2.bias", pcp.role = "param"}, %arg26: tensor<128x32xf32> {pcp.name = "blocks.1.up.weight", pcp.role = "param"}, %arg27: tensor<128xf32> {pcp.name = "blocks.1.up.bias", pcp.role = "param"}, %arg28: tensor<32x128xf32> {pcp.name = "blocks.1.down.weight", pcp.role = "param"}, %arg29: tensor<32xf32> {pcp.name = "blocks.1.down.bias", pcp.role = "param"}, %arg30: tensor<32xf32> {pcp.name = "norm.weight", pcp.role = "param"}, %arg31: tensor<32xf32> {pcp.name = "norm.bias", pcp.role = "param"}, %arg32: tensor<4x32xi64> {pcp.name = "tokens", pcp.role = "data"}, %arg33: tensor<4x32xi64> {pcp.name = "targets", pcp.role = "data"}) -> (tensor<f32> {pcp.name = "loss", pcp.role = "loss"}) {
    %c = stablehlo.constant dense<0> : tensor<128xi64>
    %c_0 = stablehlo.constant dense<-1> : tensor<128xi64>
    %c_1 = stablehlo.constant dense<0> : tensor<32xi64>
    %c_2 = stablehlo.constant dense<1> : tensor<32xi64>
    %c_3 = stablehlo.constant dense<32> : tensor<i64>
    %c_4 = stablehlo.constant dense<1> : tensor<i64>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %c_5 = stablehlo.constant dense<0> : tensor<i64>
    %cst_6 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %cst_7 = stablehlo.constant dense<1.000000e+00> : tensor<4x32x128xf32>
    %cst_8 = stablehlo.constant dense<2.000000e+00> : tensor<4x32x128xf32>
    %cst_9 = stablehlo.constant dense<5.000000e-01> : tensor<4x32x128xf32>
    %cst_10 = stablehlo.constant dense<-4.000000e+00> : tensor<4x32x128xf32>
    %cst_11 = stablehlo.constant dense<4.000000e+00> : tensor<4x32x128xf32>
    %cst_12 = stablehlo.constant dense<-2.72614237E-10> : tensor<4x32x128xf32>
    %cst_13 = stablehlo.constant dense<2.77068146E-8> : tensor<4x32x128xf32>
    %cst_14 = stablehlo.constant dense<-2.10102394E-6> : tensor<4x32x128xf32>
    %cst_15 = stablehlo.constant dense<-5.69250624E-5> : tensor<4x32x128xf32>
    %cst_16 = stablehlo.constant dense<-7.34990637E-4> : tensor<4x32x128xf32>
    %cst_17 = stablehlo.constant dense<-2.954600e-03> : tensor<4x32x128xf32>
    %cst_18 = stablehlo.constant dense<-0.0160960332> : tensor<4x32x128xf32>
    %cst_19 = stablehlo.constant dense<-1.45660715E-5> : tensor<4x32x128xf32>
    %cst_20 = stablehlo.constant dense<-2.13374049E-4> : tensor<4x32x128xf32>
    %cst_21 = stablehlo.constant dense<-0.00168282702> : tensor<4x32x128xf32>
    %cst_22 = stablehlo.constant dense<-0.00737332925> : tensor<4x32x128xf32>
    %cst_23 = stablehlo.constant dense<-0.0142647391> : tensor<4x32x128xf32>
    %cst_24 = stablehlo.constant dense<-1.000000e+00> : tensor<4x32x128xf32>
    %cst_25 = arith.constant dense<32> : tensor<1xi64>
    %cst_26 = arith.constant dense<1.000000e-05> : tensor<1xf64>
    %cst_27 = arith.constant dense<0.35355339059327373> : tensor<1xf64>
    %0 = "stablehlo.gather"(%arg0, %arg32) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 32>}> : (tensor<65x32xf32>, tensor<4x32xi64>) -> tensor<4x32x32xf32>
    %1 = stablehlo.convert %0 : tensor<4x32x32xf32>
    %2 = stablehlo.convert %c_4 : (tensor<i64>) -> tensor<f64>
    %3 = stablehlo.convert %c_3 : (tensor<i64>) -> tensor<f64>
    %4 = stablehlo.divide %3, %2 : tensor<f64>
    %5 = stablehlo.ceil %4 : tensor<f64>
    %6 = stablehlo.convert %5 : (tensor<f64>) -> tensor<i64>
    %7 = stablehlo.reshape %6 : (tensor<i64>) -> tensor<1xi64>
    %8 = stablehlo.dynamic_iota %7, dim = 0 : (tensor<1xi64>) -> tensor<32xi64>
    %9 = stablehlo.multiply %8, %c_2 : tensor<32xi64>
    %10 = stablehlo.add %9, %c_1 : tensor<32xi64>
    %11 = "stablehlo.gather"(%arg1, %10) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1, 32>}> : (tensor<32x32xf32>, tensor<32xi64>) -> tensor<32x32xf32>
    %12 = stablehlo.convert %11 : tensor<32x32xf32>
    %13 = stablehlo.broadcast_in_dim %12, dims = [1, 2] : (tensor<32x32xf32>) -> tensor<4x32x32xf32>
    %14 = stablehlo.add %1, %13 : tensor<4x32x32xf32>
    %15 = stablehlo.reduce(%14 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %16 = stablehlo.reshape %15 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %17 = stablehlo.convert %cst_25 : (tensor<1xi64>) -> tensor<1xf32>
    %18 = stablehlo.reshape %17 : (tensor<1xf32>) -> tensor<f32>
    %19 = stablehlo.broadcast_in_dim %18, dims = [] : (tensor<f32>) -> tensor<4x32x1xf32>
    %20 = stablehlo.divide %16, %19 : tensor<4x32x1xf32>
    %21 = stablehlo.broadcast_in_dim %20, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %22 = stablehlo.subtract %14, %21 : tensor<4x32x32xf32>
    %23 = stablehlo.multiply %22, %22 : tensor<4x32x32xf32>
    %24 = stablehlo.reduce(%23 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %25 = stablehlo.reshape %24 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %26 = stablehlo.divide %25, %19 : tensor<4x32x1xf32>
    %27 = stablehlo.convert %cst_26 : (tensor<1xf64>) -> tensor<1xf32>
    %28 = stablehlo.reshape %27 : (tensor<1xf32>) -> tensor<f32>
    %29 = stablehlo.broadcast_in_dim %28, dims = [] : (tensor<f32>) -> tensor<4x32x1xf32>
    %30 = stablehlo.add %26, %29 : tensor<4x32x1xf32>
    %31 = stablehlo.rsqrt %30 : tensor<4x32x1xf32>
    %32 = stablehlo.broadcast_in_dim %31, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %33 = stablehlo.multiply %22, %32 : tensor<4x32x32xf32>
    %34 = stablehlo.broadcast_in_dim %arg2, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %35 = stablehlo.multiply %33, %34 : tensor<4x32x32xf32>
    %36 = stablehlo.broadcast_in_dim %arg3, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %37 = stablehlo.add %35, %36 : tensor<4x32x32xf32>
    %38 = stablehlo.reshape %37 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %39 = stablehlo.transpose %arg6, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %40 = stablehlo.dot_general %38, %39, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %41 = stablehlo.broadcast_in_dim %arg7, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %42 = stablehlo.add %40, %41 : tensor<128x32xf32>
    %43 = stablehlo.reshape %42 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %44 = stablehlo.slice %43 [0:4, 0:32, 0:16] : (tensor<4x32x32xf32>) -> tensor<4x32x16xf32>
    %45 = stablehlo.slice %43 [0:4, 0:32, 16:32] : (tensor<4x32x32xf32>) -> tensor<4x32x16xf32>
    %46 = stablehlo.transpose %arg4, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %47 = stablehlo.dot_general %38, %46, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %48 = stablehlo.broadcast_in_dim %arg5, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %49 = stablehlo.add %47, %48 : tensor<128x32xf32>
    %50 = stablehlo.reshape %49 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %51 = stablehlo.reshape %50 : (tensor<4x32x32xf32>) -> tensor<4x32x4x8xf32>
    %52 = stablehlo.transpose %51, dims = [0, 2, 1, 3] : (tensor<4x32x4x8xf32>) -> tensor<4x4x32x8xf32>
    %53 = stablehlo.reshape %44 : (tensor<4x32x16xf32>) -> tensor<4x32x2x8xf32>
    %54 = stablehlo.transpose %53, dims = [0, 2, 1, 3] : (tensor<4x32x2x8xf32>) -> tensor<4x2x32x8xf32>
    %55 = stablehlo.reshape %45 : (tensor<4x32x16xf32>) -> tensor<4x32x2x8xf32>
    %56 = stablehlo.transpose %55, dims = [0, 2, 1, 3] : (tensor<4x32x2x8xf32>) -> tensor<4x2x32x8xf32>
    %57 = stablehlo.reshape %54 : (tensor<4x2x32x8xf32>) -> tensor<4x2x1x32x8xf32>
    %58 = stablehlo.broadcast_in_dim %57, dims = [0, 1, 2, 3, 4] : (tensor<4x2x1x32x8xf32>) -> tensor<4x2x2x32x8xf32>
    %59 = stablehlo.reshape %58 : (tensor<4x2x2x32x8xf32>) -> tensor<4x4x32x8xf32>
    %60 = stablehlo.reshape %56 : (tensor<4x2x32x8xf32>) -> tensor<4x2x1x32x8xf32>
    %61 = stablehlo.broadcast_in_dim %60, dims = [0, 1, 2, 3, 4] : (tensor<4x2x1x32x8xf32>) -> tensor<4x2x2x32x8xf32>
    %62 = stablehlo.reshape %61 : (tensor<4x2x2x32x8xf32>) -> tensor<4x4x32x8xf32>
    %63 = stablehlo.transpose %59, dims = [0, 1, 3, 2] : (tensor<4x4x32x8xf32>) -> tensor<4x4x8x32xf32>
    %64 = stablehlo.reshape %52 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %65 = stablehlo.reshape %63 : (tensor<4x4x8x32xf32>) -> tensor<16x8x32xf32>
    %66 = stablehlo.broadcast_in_dim %65, dims = [0, 1, 2] : (tensor<16x8x32xf32>) -> tensor<16x8x32xf32>
    %67 = stablehlo.dot_general %64, %66, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x8xf32>, tensor<16x8x32xf32>) -> tensor<16x32x32xf32>
    %68 = stablehlo.reshape %67 : (tensor<16x32x32xf32>) -> tensor<4x4x32x32xf32>
    %69 = stablehlo.convert %cst_27 : (tensor<1xf64>) -> tensor<1xf32>
    %70 = stablehlo.reshape %69 : (tensor<1xf32>) -> tensor<f32>
    %71 = stablehlo.broadcast_in_dim %70, dims = [] : (tensor<f32>) -> tensor<4x4x32x32xf32>
    %72 = stablehlo.multiply %68, %71 : tensor<4x4x32x32xf32>
    %73 = stablehlo.reshape %10 : (tensor<32xi64>) -> tensor<32x1xi64>
    %74 = stablehlo.reshape %10 : (tensor<32xi64>) -> tensor<1x32xi64>
    %75 = stablehlo.broadcast_in_dim %73, dims = [0, 1] : (tensor<32x1xi64>) -> tensor<32x32xi64>
    %76 = stablehlo.broadcast_in_dim %74, dims = [0, 1] : (tensor<1x32xi64>) -> tensor<32x32xi64>
    %77 = stablehlo.compare GE, %75, %76, SIGNED : (tensor<32x32xi64>, tensor<32x32xi64>) -> tensor<32x32xi1>
    %78 = stablehlo.not %77 : tensor<32x32xi1>
    %79 = stablehlo.reshape %78 : (tensor<32x32xi1>) -> tensor<1x1x32x32xi1>
    %80 = stablehlo.broadcast_in_dim %79, dims = [0, 1, 2, 3] : (tensor<1x1x32x32xi1>) -> tensor<4x4x32x32xi1>
    %81 = stablehlo.broadcast_in_dim %cst_6, dims = [] : (tensor<f32>) -> tensor<4x4x32x32xf32>
    %82 = stablehlo.broadcast_in_dim %72, dims = [0, 1, 2, 3] : (tensor<4x4x32x32xf32>) -> tensor<4x4x32x32xf32>
    %83 = stablehlo.select %80, %81, %82 : tensor<4x4x32x32xi1>, tensor<4x4x32x32xf32>
    %84 = stablehlo.reduce(%83 init: %cst_6) applies stablehlo.maximum across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %85 = stablehlo.reshape %84 : (tensor<4x4x32xf32>) -> tensor<4x4x32x1xf32>
    %86 = stablehlo.broadcast_in_dim %85, dims = [0, 1, 2, 3] : (tensor<4x4x32x1xf32>) -> tensor<4x4x32x32xf32>
    %87 = stablehlo.subtract %83, %86 : tensor<4x4x32x32xf32>
    %88 = stablehlo.exponential %87 : tensor<4x4x32x32xf32>
    %89 = stablehlo.reduce(%88 init: %cst) applies stablehlo.add across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %90 = stablehlo.reshape %89 : (tensor<4x4x32xf32>) -> tensor<4x4x32x1xf32>
    %91 = stablehlo.broadcast_in_dim %90, dims = [0, 1, 2, 3] : (tensor<4x4x32x1xf32>) -> tensor<4x4x32x32xf32>
    %92 = stablehlo.divide %88, %91 : tensor<4x4x32x32xf32>
    %93 = stablehlo.reshape %92 : (tensor<4x4x32x32xf32>) -> tensor<16x32x32xf32>
    %94 = stablehlo.reshape %62 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %95 = stablehlo.broadcast_in_dim %94, dims = [0, 1, 2] : (tensor<16x32x8xf32>) -> tensor<16x32x8xf32>
    %96 = stablehlo.dot_general %93, %95, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x32xf32>, tensor<16x32x8xf32>) -> tensor<16x32x8xf32>
    %97 = stablehlo.reshape %96 : (tensor<16x32x8xf32>) -> tensor<4x4x32x8xf32>
    %98 = stablehlo.transpose %97, dims = [0, 2, 1, 3] : (tensor<4x4x32x8xf32>) -> tensor<4x32x4x8xf32>
    %99 = stablehlo.reshape %98 : (tensor<4x32x4x8xf32>) -> tensor<4x32x32xf32>
    %100 = stablehlo.reshape %99 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %101 = stablehlo.transpose %arg8, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %102 = stablehlo.dot_general %100, %101, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %103 = stablehlo.broadcast_in_dim %arg9, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %104 = stablehlo.add %102, %103 : tensor<128x32xf32>
    %105 = stablehlo.reshape %104 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %106 = stablehlo.add %14, %105 : tensor<4x32x32xf32>
    %107 = stablehlo.reduce(%106 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %108 = stablehlo.reshape %107 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %109 = stablehlo.divide %108, %19 : tensor<4x32x1xf32>
    %110 = stablehlo.broadcast_in_dim %109, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %111 = stablehlo.subtract %106, %110 : tensor<4x32x32xf32>
    %112 = stablehlo.multiply %111, %111 : tensor<4x32x32xf32>
    %113 = stablehlo.reduce(%112 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %114 = stablehlo.reshape %113 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %115 = stablehlo.divide %114, %19 : tensor<4x32x1xf32>
    %116 = stablehlo.add %115, %29 : tensor<4x32x1xf32>
    %117 = stablehlo.rsqrt %116 : tensor<4x32x1xf32>
    %118 = stablehlo.broadcast_in_dim %117, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %119 = stablehlo.multiply %111, %118 : tensor<4x32x32xf32>
    %120 = stablehlo.broadcast_in_dim %arg10, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %121 = stablehlo.multiply %119, %120 : tensor<4x32x32xf32>
    %122 = stablehlo.broadcast_in_dim %arg11, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %123 = stablehlo.add %121, %122 : tensor<4x32x32xf32>
    %124 = stablehlo.reshape %123 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %125 = stablehlo.transpose %arg12, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %126 = stablehlo.dot_general %124, %125, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x128xf32>) -> tensor<128x128xf32>
    %127 = stablehlo.broadcast_in_dim %arg13, dims = [1] : (tensor<128xf32>) -> tensor<128x128xf32>
    %128 = stablehlo.add %126, %127 : tensor<128x128xf32>
    %129 = stablehlo.reshape %128 : (tensor<128x128xf32>) -> tensor<4x32x128xf32>
    %130 = stablehlo.multiply %129, %cst_9 : tensor<4x32x128xf32>
    %131 = stablehlo.rsqrt %cst_8 : tensor<4x32x128xf32>
    %132 = stablehlo.multiply %129, %131 : tensor<4x32x128xf32>
    %133 = stablehlo.clamp %cst_10, %132, %cst_11 : tensor<4x32x128xf32>
    %134 = stablehlo.multiply %133, %133 : tensor<4x32x128xf32>
    %135 = stablehlo.multiply %cst_12, %134 : tensor<4x32x128xf32>
    %136 = stablehlo.add %135, %cst_13 : tensor<4x32x128xf32>
    %137 = stablehlo.multiply %136, %134 : tensor<4x32x128xf32>
    %138 = stablehlo.add %137, %cst_14 : tensor<4x32x128xf32>
    %139 = stablehlo.multiply %138, %134 : tensor<4x32x128xf32>
    %140 = stablehlo.add %139, %cst_15 : tensor<4x32x128xf32>
    %141 = stablehlo.multiply %140, %134 : tensor<4x32x128xf32>
    %142 = stablehlo.add %141, %cst_16 : tensor<4x32x128xf32>
    %143 = stablehlo.multiply %142, %134 : tensor<4x32x128xf32>
    %144 = stablehlo.add %143, %cst_17 : tensor<4x32x128xf32>
    %145 = stablehlo.multiply %144, %134 : tensor<4x32x128xf32>
    %146 = stablehlo.add %145, %cst_18 : tensor<4x32x128xf32>
    %147 = stablehlo.multiply %cst_19, %134 : tensor<4x32x128xf32>
    %148 = stablehlo.add %147, %cst_20 : tensor<4x32x128xf32>
    %149 = stablehlo.multiply %148, %134 : tensor<4x32x128xf32>
    %150 = stablehlo.add %149, %cst_21 : tensor<4x32x128xf32>
    %151 = stablehlo.multiply %150, %134 : tensor<4x32x128xf32>
    %152 = stablehlo.add %151, %cst_22 : tensor<4x32x128xf32>
    %153 = stablehlo.multiply %152, %134 : tensor<4x32x128xf32>
    %154 = stablehlo.add %153, %cst_23 : tensor<4x32x128xf32>
    %155 = stablehlo.multiply %133, %146 : tensor<4x32x128xf32>
    %156 = stablehlo.divide %155, %154 : tensor<4x32x128xf32>
    %157 = stablehlo.clamp %cst_24, %156, %cst_7 : tensor<4x32x128xf32>
    %158 = stablehlo.add %157, %cst_7 : tensor<4x32x128xf32>
    %159 = stablehlo.multiply %158, %130 : tensor<4x32x128xf32>
    %160 = stablehlo.reshape %159 : (tensor<4x32x128xf32>) -> tensor<128x128xf32>
    %161 = stablehlo.transpose %arg14, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %162 = stablehlo.dot_general %160, %161, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x32xf32>) -> tensor<128x32xf32>
    %163 = stablehlo.broadcast_in_dim %arg15, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %164 = stablehlo.add %162, %163 : tensor<128x32xf32>
    %165 = stablehlo.reshape %164 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %166 = stablehlo.add %106, %165 : tensor<4x32x32xf32>
    %167 = stablehlo.reduce(%166 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %168 = stablehlo.reshape %167 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %169 = stablehlo.divide %168, %19 : tensor<4x32x1xf32>
    %170 = stablehlo.broadcast_in_dim %169, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %171 = stablehlo.subtract %166, %170 : tensor<4x32x32xf32>
    %172 = stablehlo.multiply %171, %171 : tensor<4x32x32xf32>
    %173 = stablehlo.reduce(%172 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %174 = stablehlo.reshape %173 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %175 = stablehlo.divide %174, %19 : tensor<4x32x1xf32>
    %176 = stablehlo.add %175, %29 : tensor<4x32x1xf32>
    %177 = stablehlo.rsqrt %176 : tensor<4x32x1xf32>
    %178 = stablehlo.broadcast_in_dim %177, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %179 = stablehlo.multiply %171, %178 : tensor<4x32x32xf32>
    %180 = stablehlo.broadcast_in_dim %arg16, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %181 = stablehlo.multiply %179, %180 : tensor<4x32x32xf32>
    %182 = stablehlo.broadcast_in_dim %arg17, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %183 = stablehlo.add %181, %182 : tensor<4x32x32xf32>
    %184 = stablehlo.reshape %183 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %185 = stablehlo.transpose %arg20, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %186 = stablehlo.dot_general %184, %185, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %187 = stablehlo.broadcast_in_dim %arg21, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %188 = stablehlo.add %186, %187 : tensor<128x32xf32>
    %189 = stablehlo.reshape %188 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %190 = stablehlo.slice %189 [0:4, 0:32, 0:16] : (tensor<4x32x32xf32>) -> tensor<4x32x16xf32>
    %191 = stablehlo.slice %189 [0:4, 0:32, 16:32] : (tensor<4x32x32xf32>) -> tensor<4x32x16xf32>
    %192 = stablehlo.transpose %arg18, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %193 = stablehlo.dot_general %184, %192, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %194 = stablehlo.broadcast_in_dim %arg19, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %195 = stablehlo.add %193, %194 : tensor<128x32xf32>
    %196 = stablehlo.reshape %195 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %197 = stablehlo.reshape %196 : (tensor<4x32x32xf32>) -> tensor<4x32x4x8xf32>
    %198 = stablehlo.transpose %197, dims = [0, 2, 1, 3] : (tensor<4x32x4x8xf32>) -> tensor<4x4x32x8xf32>
    %199 = stablehlo.reshape %190 : (tensor<4x32x16xf32>) -> tensor<4x32x2x8xf32>
    %200 = stablehlo.transpose %199, dims = [0, 2, 1, 3] : (tensor<4x32x2x8xf32>) -> tensor<4x2x32x8xf32>
    %201 = stablehlo.reshape %191 : (tensor<4x32x16xf32>) -> tensor<4x32x2x8xf32>
    %202 = stablehlo.transpose %201, dims = [0, 2, 1, 3] : (tensor<4x32x2x8xf32>) -> tensor<4x2x32x8xf32>
    %203 = stablehlo.reshape %200 : (tensor<4x2x32x8xf32>) -> tensor<4x2x1x32x8xf32>
    %204 = stablehlo.broadcast_in_dim %203, dims = [0, 1, 2, 3, 4] : (tensor<4x2x1x32x8xf32>) -> tensor<4x2x2x32x8xf32>
    %205 = stablehlo.reshape %204 : (tensor<4x2x2x32x8xf32>) -> tensor<4x4x32x8xf32>
    %206 = stablehlo.reshape %202 : (tensor<4x2x32x8xf32>) -> tensor<4x2x1x32x8xf32>
    %207 = stablehlo.broadcast_in_dim %206, dims = [0, 1, 2, 3, 4] : (tensor<4x2x1x32x8xf32>) -> tensor<4x2x2x32x8xf32>
    %208 = stablehlo.reshape %207 : (tensor<4x2x2x32x8xf32>) -> tensor<4x4x32x8xf32>
    %209 = stablehlo.transpose %205, dims = [0, 1, 3, 2] : (tensor<4x4x32x8xf32>) -> tensor<4x4x8x32xf32>
    %210 = stablehlo.reshape %198 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %211 = stablehlo.reshape %209 : (tensor<4x4x8x32xf32>) -> tensor<16x8x32xf32>
    %212 = stablehlo.broadcast_in_dim %211, dims = [0, 1, 2] : (tensor<16x8x32xf32>) -> tensor<16x8x32xf32>
    %213 = stablehlo.dot_general %210, %212, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x8xf32>, tensor<16x8x32xf32>) -> tensor<16x32x32xf32>
    %214 = stablehlo.reshape %213 : (tensor<16x32x32xf32>) -> tensor<4x4x32x32xf32>
    %215 = stablehlo.multiply %214, %71 : tensor<4x4x32x32xf32>
    %216 = stablehlo.broadcast_in_dim %215, dims = [0, 1, 2, 3] : (tensor<4x4x32x32xf32>) -> tensor<4x4x32x32xf32>
    %217 = stablehlo.select %80, %81, %216 : tensor<4x4x32x32xi1>, tensor<4x4x32x32xf32>
    %218 = stablehlo.reduce(%217 init: %cst_6) applies stablehlo.maximum across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %219 = stablehlo.reshape %218 : (tensor<4x4x32xf32>) -> tensor<4x4x32x1xf32>
    %220 = stablehlo.broadcast_in_dim %219, dims = [0, 1, 2, 3] : (tensor<4x4x32x1xf32>) -> tensor<4x4x32x32xf32>
    %221 = stablehlo.subtract %217, %220 : tensor<4x4x32x32xf32>
    %222 = stablehlo.exponential %221 : tensor<4x4x32x32xf32>
    %223 = stablehlo.reduce(%222 init: %cst) applies stablehlo.add across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %224 = stablehlo.reshape %223 : (tensor<4x4x32xf32>) -> tensor<4x4x32x1xf32>
    %225 = stablehlo.broadcast_in_dim %224, dims = [0, 1, 2, 3] : (tensor<4x4x32x1xf32>) -> tensor<4x4x32x32xf32>
    %226 = stablehlo.divide %222, %225 : tensor<4x4x32x32xf32>
    %227 = stablehlo.reshape %226 : (tensor<4x4x32x32xf32>) -> tensor<16x32x32xf32>
    %228 = stablehlo.reshape %208 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %229 = stablehlo.broadcast_in_dim %228, dims = [0, 1, 2] : (tensor<16x32x8xf32>) -> tensor<16x32x8xf32>
    %230 = stablehlo.dot_general %227, %229, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x32xf32>, tensor<16x32x8xf32>) -> tensor<16x32x8xf32>
    %231 = stablehlo.reshape %230 : (tensor<16x32x8xf32>) -> tensor<4x4x32x8xf32>
    %232 = stablehlo.transpose %231, dims = [0, 2, 1, 3] : (tensor<4x4x32x8xf32>) -> tensor<4x32x4x8xf32>
    %233 = stablehlo.reshape %232 : (tensor<4x32x4x8xf32>) -> tensor<4x32x32xf32>
    %234 = stablehlo.reshape %233 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %235 = stablehlo.transpose %arg22, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %236 = stablehlo.dot_general %234, %235, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %237 = stablehlo.broadcast_in_dim %arg23, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %238 = stablehlo.add %236, %237 : tensor<128x32xf32>
    %239 = stablehlo.reshape %238 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %240 = stablehlo.add %166, %239 : tensor<4x32x32xf32>
    %241 = stablehlo.reduce(%240 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %242 = stablehlo.reshape %241 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %243 = stablehlo.divide %242, %19 : tensor<4x32x1xf32>
    %244 = stablehlo.broadcast_in_dim %243, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %245 = stablehlo.subtract %240, %244 : tensor<4x32x32xf32>
    %246 = stablehlo.multiply %245, %245 : tensor<4x32x32xf32>
    %247 = stablehlo.reduce(%246 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %248 = stablehlo.reshape %247 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %249 = stablehlo.divide %248, %19 : tensor<4x32x1xf32>
    %250 = stablehlo.add %249, %29 : tensor<4x32x1xf32>
    %251 = stablehlo.rsqrt %250 : tensor<4x32x1xf32>
    %252 = stablehlo.broadcast_in_dim %251, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %253 = stablehlo.multiply %245, %252 : tensor<4x32x32xf32>
    %254 = stablehlo.broadcast_in_dim %arg24, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %255 = stablehlo.multiply %253, %254 : tensor<4x32x32xf32>
    %256 = stablehlo.broadcast_in_dim %arg25, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %257 = stablehlo.add %255, %256 : tensor<4x32x32xf32>
    %258 = stablehlo.reshape %257 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %259 = stablehlo.transpose %arg26, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %260 = stablehlo.dot_general %258, %259, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x128xf32>) -> tensor<128x128xf32>
    %261 = stablehlo.broadcast_in_dim %arg27, dims = [1] : (tensor<128xf32>) -> tensor<128x128xf32>
    %262 = stablehlo.add %260, %261 : tensor<128x128xf32>
    %263 = stablehlo.reshape %262 : (tensor<128x128xf32>) -> tensor<4x32x128xf32>
    %264 = stablehlo.multiply %263, %cst_9 : tensor<4x32x128xf32>
    %265 = stablehlo.multiply %263, %131 : tensor<4x32x128xf32>
    %266 = stablehlo.clamp %cst_10, %265, %cst_11 : tensor<4x32x128xf32>
    %267 = stablehlo.multiply %266, %266 : tensor<4x32x128xf32>
    %268 = stablehlo.multiply %cst_12, %267 : tensor<4x32x128xf32>
    %269 = stablehlo.add %268, %cst_13 : tensor<4x32x128xf32>
    %270 = stablehlo.multiply %269, %267 : tensor<4x32x128xf32>
    %271 = stablehlo.add %270, %cst_14 : tensor<4x32x128xf32>
    %272 = stablehlo.multiply %271, %267 : tensor<4x32x128xf32>
    %273 = stablehlo.add %272, %cst_15 : tensor<4x32x128xf32>
    %274 = stablehlo.multiply %273, %267 : tensor<4x32x128xf32>
    %275 = stablehlo.add %274, %cst_16 : tensor<4x32x128xf32>
    %276 = stablehlo.multiply %275, %267 : tensor<4x32x128xf32>
    %277 = stablehlo.add %276, %cst_17 : tensor<4x32x128xf32>
    %278 = stablehlo.multiply %277, %267 : tensor<4x32x128xf32>
    %279 = stablehlo.add %278, %cst_18 : tensor<4x32x128xf32>
    %280 = stablehlo.multiply %cst_19, %267 : tensor<4x32x128xf32>
    %281 = stablehlo.add %280, %cst_20 : tensor<4x32x128xf32>
    %282 = stablehlo.multiply %281, %267 : tensor<4x32x128xf32>
    %283 = stablehlo.add %282, %cst_21 : tensor<4x32x128xf32>
    %284 = stablehlo.multiply %283, %267 : tensor<4x32x128xf32>
    %285 = stablehlo.add %284, %cst_22 : tensor<4x32x128xf32>
    %286 = stablehlo.multiply %285, %267 : tensor<4x32x128xf32>
    %287 = stablehlo.add %286, %cst_23 : tensor<4x32x128xf32>
    %288 = stablehlo.multiply %266, %279 : tensor<4x32x128xf32>
    %289 = stablehlo.divide %288, %287 : tensor<4x32x128xf32>
    %290 = stablehlo.clamp %cst_24, %289, %cst_7 : tensor<4x32x128xf32>
    %291 = stablehlo.add %290, %cst_7 : tensor<4x32x128xf32>
    %292 = stablehlo.multiply %291, %264 : tensor<4x32x128xf32>
    %293 = stablehlo.reshape %292 : (tensor<4x32x128xf32>) -> tensor<128x128xf32>
    %294 = stablehlo.transpose %arg28, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %295 = stablehlo.dot_general %293, %294, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x32xf32>) -> tensor<128x32xf32>
    %296 = stablehlo.broadcast_in_dim %arg29, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %297 = stablehlo.add %295, %296 : tensor<128x32xf32>
    %298 = stablehlo.reshape %297 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %299 = stablehlo.add %240, %298 : tensor<4x32x32xf32>
    %300 = stablehlo.reduce(%299 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %301 = stablehlo.reshape %300 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %302 = stablehlo.divide %301, %19 : tensor<4x32x1xf32>
    %303 = stablehlo.broadcast_in_dim %302, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %304 = stablehlo.subtract %299, %303 : tensor<4x32x32xf32>
    %305 = stablehlo.multiply %304, %304 : tensor<4x32x32xf32>
    %306 = stablehlo.reduce(%305 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %307 = stablehlo.reshape %306 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %308 = stablehlo.divide %307, %19 : tensor<4x32x1xf32>
    %309 = stablehlo.add %308, %29 : tensor<4x32x1xf32>
    %310 = stablehlo.rsqrt %309 : tensor<4x32x1xf32>
    %311 = stablehlo.broadcast_in_dim %310, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %312 = stablehlo.multiply %304, %311 : tensor<4x32x32xf32>
    %313 = stablehlo.broadcast_in_dim %arg30, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %314 = stablehlo.multiply %312, %313 : tensor<4x32x32xf32>
    %315 = stablehlo.broadcast_in_dim %arg31, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %316 = stablehlo.add %314, %315 : tensor<4x32x32xf32>
    %317 = stablehlo.transpose %arg0, dims = [1, 0] : (tensor<65x32xf32>) -> tensor<32x65xf32>
    %318 = stablehlo.reshape %316 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %319 = stablehlo.dot_general %318, %317, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x65xf32>) -> tensor<128x65xf32>
    %320 = stablehlo.reshape %319 : (tensor<128x65xf32>) -> tensor<4x32x65xf32>
    %321 = stablehlo.reshape %320 : (tensor<4x32x65xf32>) -> tensor<128x65xf32>
    %322 = stablehlo.reshape %arg33 : (tensor<4x32xi64>) -> tensor<128xi64>
    %323 = stablehlo.reduce(%321 init: %cst_6) applies stablehlo.maximum across dimensions = [1] : (tensor<128x65xf32>, tensor<f32>) -> tensor<128xf32>
    %324 = stablehlo.reshape %323 : (tensor<128xf32>) -> tensor<128x1xf32>
    %325 = stablehlo.broadcast_in_dim %324, dims = [0, 1] : (tensor<128x1xf32>) -> tensor<128x65xf32>
    %326 = stablehlo.subtract %321, %325 : tensor<128x65xf32>
    %327 = stablehlo.exponential %326 : tensor<128x65xf32>
    %328 = stablehlo.reduce(%327 init: %cst) applies stablehlo.add across dimensions = [1] : (tensor<128x65xf32>, tensor<f32>) -> tensor<128xf32>
    %329 = stablehlo.reshape %328 : (tensor<128xf32>) -> tensor<128x1xf32>
    %330 = stablehlo.log %329 : tensor<128x1xf32>
    %331 = stablehlo.broadcast_in_dim %330, dims = [0, 1] : (tensor<128x1xf32>) -> tensor<128x65xf32>
    %332 = stablehlo.subtract %326, %331 : tensor<128x65xf32>
    %333 = stablehlo.compare NE, %322, %c_0, SIGNED : (tensor<128xi64>, tensor<128xi64>) -> tensor<128xi1>
    %334 = stablehlo.broadcast_in_dim %333, dims = [0] : (tensor<128xi1>) -> tensor<128xi1>
    %335 = stablehlo.broadcast_in_dim %322, dims = [0] : (tensor<128xi64>) -> tensor<128xi64>
    %336 = stablehlo.select %334, %335, %c : tensor<128xi1>, tensor<128xi64>
    %337 = stablehlo.reshape %336 : (tensor<128xi64>) -> tensor<128x1xi64>
    %338 = stablehlo.iota dim = 0 : tensor<128x1x1xi64>
    %339 = stablehlo.reshape %337 : (tensor<128x1xi64>) -> tensor<128x1x1xi64>
    %340 = stablehlo.concatenate %338, %339, dim = 2 : (tensor<128x1x1xi64>, tensor<128x1x1xi64>) -> tensor<128x1x2xi64>
    %341 = "stablehlo.gather"(%332, %340) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0, 1], start_index_map = [0, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1>}> : (tensor<128x65xf32>, tensor<128x1x2xi64>) -> tensor<128x1xf32>
    %342 = stablehlo.reshape %341 : (tensor<128x1xf32>) -> tensor<128xf32>
    %343 = stablehlo.negate %342 : tensor<128xf32>
    %344 = stablehlo.broadcast_in_dim %343, dims = [0] : (tensor<128xf32>) -> tensor<128xf32>
    %345 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<128xf32>
    %346 = stablehlo.select %334, %344, %345 : tensor<128xi1>, tensor<128xf32>
    %347 = stablehlo.convert %333 : (tensor<128xi1>) -> tensor<128xi64>
    %348 = stablehlo.reduce(%347 init: %c_5) applies stablehlo.add across dimensions = [0] : (tensor<128xi64>, tensor<i64>) -> tensor<i64>
    %349 = stablehlo.convert %348 : (tensor<i64>) -> tensor<f32>
    %350 = stablehlo.reduce(%346 init: %cst) applies stablehlo.add across dimensions = [0] : (tensor<128xf32>, tensor<f32>) -> tensor<f32>
    %351 = stablehlo.divide %350, %349 : tensor<f32>
    return %351 : tensor<f32>
  }
  func.func @logits(%arg0: tensor<65x32xf32> {pcp.name = "wte.weight", pcp.role = "param"}, %arg1: tensor<32x32xf32> {pcp.name = "wpe.weight", pcp.role = "param"}, %arg2: tensor<32xf32> {pcp.name = "blocks.0.norm1.weight", pcp.role = "param"}, %arg3: tensor<32xf32> {pcp.name = "blocks.0.norm1.bias", pcp.role = "param"}, %arg4: tensor<32x32xf32> {pcp.name = "blocks.0.attn.q.weight", pcp.role = "param"}, %arg5: tensor<32xf32> {pcp.name = "blocks.0.attn.q.bias", pcp.role = "param"}, %arg6: tensor<32x32xf32> {pcp.name = "blocks.0.attn.kv.weight", pcp.role = "param"}, %arg7: tensor<32xf32> {pcp.name = "blocks.0.attn.kv.bias", pcp.role = "param"}, %arg8: tensor<32x32xf32> {pcp.name = "blocks.0.attn.out.weight", pcp.role = "param"}, %arg9: tensor<32xf32> {pcp.name = "blocks.0.attn.out.bias", pcp.role = "param"}, %arg10: tensor<32xf32> {pcp.name = "blocks.0.norm2.weight", pcp.role = "param"}, %arg11: tensor<32xf32> {pcp.name = "blocks.0.norm2.bias", pcp.role = "param"}, %arg12: tensor<128x32xf32> {pcp.name = "blocks.0.up.weight", pcp.role = "param"}, %arg13: tensor<128xf32> {pcp.name = "blocks.0.up.bias", pcp.role = "param"}, %arg14: tensor<32x128xf32> {pcp.name = "blocks.0.down.weight", pcp.role = "param"}, %arg15: tensor<32xf32> {pcp.name = "blocks.0.down.bias", pcp.role = "param"}, %arg16: tensor<32xf32> {pcp.name = "blocks.1.norm1.weight", pcp.role = "param"}, %arg17: tensor<32xf32> {pcp.name = "blocks.1.norm1.bias", pcp.role = "param"}, %arg18: tensor<32x32xf32> {pcp.name = "blocks.1.attn.q.weight", pcp.role = "param"}, %arg19: tensor<32xf32> {pcp.name = "blocks.1.attn.q.bias", pcp.role = "param"}, %arg20: tensor<32x32xf32> {pcp.name = "blocks.1.attn.kv.weight", pcp.role = "param"}, %arg21: tensor<32xf32> {pcp.name = "blocks.1.attn.kv.bias", pcp.role = "param"}, %arg22: tensor<32x32xf32> {pcp.name = "blocks.1.attn.out.weight", pcp.role = "param"}, %arg23: tensor<32xf32> {pcp.name = "blocks.1.attn.out.bias", pcp.role = "param"}, %arg24: tensor<32xf32> {pcp.name = "blocks.1.norm2.weight", pcp.role = "param"}, %arg25: tensor<32xf32> {pcp.name = "blocks.1.norm2.bias", pcp.role = "param"}, %arg26: tensor<128x32xf32> {pcp.name = "blocks.1.up.weight", pcp.role = "param"}, %arg27: tensor<128xf32> {pcp.name = "blocks.1.up.bias", pcp.role = "param"}, %arg28: tensor<32x128xf32> {pcp.name = "blocks.1.down.weight", pcp.role = "param"}, %arg29: tensor<32xf32> {pcp.name = "blocks.1.down.bias", pcp.role = "param"}, %arg30: tensor<32xf32> {pcp.name = "norm.weight", pcp.role = "param"}, %arg31: tensor<32xf32> {pcp.name = "norm.bias", pcp.role = "param"}, %arg32: tensor<1x32xi64> {pcp.name = "tokens", pcp.role = "data"}) -> (tensor<1x32x65xf32> {pcp.name = "logits", pcp.role = "aux"}) {
    %cst = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %cst_1 = stablehlo.constant dense<1.000000e+00> : tensor<1x32x128xf32>
    %cst_2 = stablehlo.constant dense<2.000000e+00> : tensor<1x32x128xf32>
    %cst_3 = stablehlo.constant dense<5.000000e-01> : tensor<1x32x128xf32>
    %cst_4 = stablehlo.constant dense<-4.000000e+00> : tensor<1x32x128xf32>
    %cst_5 = stablehlo.constant dense<4.000000e+00> : tensor<1x32x128xf32>
    %cst_6 = stablehlo.constant dense<-2.72614237E-10> : tensor<1x32x128xf32>
    %cst_7 = stablehlo.constant dense<2.77068146E-8> : tensor<1x32x128xf32>
    %cst_8 = stablehlo.constant dense<-2.10102394E-6> : tensor<1x32x128xf32>
    %cst_9 = stablehlo.constant dense<-5.69250624E-5> : tensor<1x32x128xf32>
    %cst_10 = stablehlo.constant dense<-7.34990637E-4> : tensor<1x32x128xf32>
    %cst_11 = stablehlo.constant dense<-2.954600e-03> : tensor<1x32x128xf32>
    %cst_12 = stablehlo.constant dense<-0.0160960332> : tensor<1x32x128xf32>
    %cst_13 = stablehlo.constant dense<-1.45660715E-5> : tensor<1x32x128xf32>
    %cst_14 = stablehlo.constant dense<-2.13374049E-4> : tensor<1x32x128xf32>
    %cst_15 = stablehlo.constant dense<-0.00168282702> : tensor<1x32x128xf32>
    %cst_16 = stablehlo.constant dense<-0.00737332925> : tensor<1x32x128xf32>
    %cst_17 = stablehlo.constant dense<-0.0142647391> : tensor<1x32x128xf32>
    %cst_18 = stablehlo.constant dense<-1.000000e+00> : tensor<1x32x128xf32>
    %cst_19 = arith.constant dense<0> : tensor<1xi64>
    %cst_20 = arith.constant dense<32> : tensor<1xi64>
    %cst_21 = arith.constant dense<1> : tensor<1xi64>
    %cst_22 = arith.constant dense<1.000000e-05> : tensor<1xf64>
    %cst_23 = arith.constant dense<0.35355339059327373> : tensor<1xf64>
    %0 = "stablehlo.gather"(%arg0, %arg32) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 32>}> : (tensor<65x32xf32>, tensor<1x32xi64>) -> tensor<1x32x32xf32>
    %1 = stablehlo.convert %0 : tensor<1x32x32xf32>
    %2 = stablehlo.convert %cst_19 : tensor<1xi64>
    %3 = stablehlo.reshape %2 : (tensor<1xi64>) -> tensor<i64>
    %4 = stablehlo.convert %cst_20 : tensor<1xi64>
    %5 = stablehlo.reshape %4 : (tensor<1xi64>) -> tensor<i64>
    %6 = stablehlo.convert %cst_21 : tensor<1xi64>
    %7 = stablehlo.reshape %6 : (tensor<1xi64>) -> tensor<i64>
    %8 = stablehlo.subtract %5, %3 : tensor<i64>
    %9 = stablehlo.convert %7 : (tensor<i64>) -> tensor<f64>
    %10 = stablehlo.convert %8 : (tensor<i64>) -> tensor<f64>
    %11 = stablehlo.divide %10, %9 : tensor<f64>
    %12 = stablehlo.ceil %11 : tensor<f64>
    %13 = stablehlo.convert %12 : (tensor<f64>) -> tensor<i64>
    %14 = stablehlo.reshape %13 : (tensor<i64>) -> tensor<1xi64>
    %15 = stablehlo.dynamic_iota %14, dim = 0 : (tensor<1xi64>) -> tensor<32xi64>
    %16 = stablehlo.broadcast_in_dim %7, dims = [] : (tensor<i64>) -> tensor<32xi64>
    %17 = stablehlo.multiply %15, %16 : tensor<32xi64>
    %18 = stablehlo.broadcast_in_dim %3, dims = [] : (tensor<i64>) -> tensor<32xi64>
    %19 = stablehlo.add %17, %18 : tensor<32xi64>
    %20 = "stablehlo.gather"(%arg1, %19) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1, 32>}> : (tensor<32x32xf32>, tensor<32xi64>) -> tensor<32x32xf32>
    %21 = stablehlo.convert %20 : tensor<32x32xf32>
    %22 = stablehlo.broadcast_in_dim %21, dims = [1, 2] : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %23 = stablehlo.add %1, %22 : tensor<1x32x32xf32>
    %24 = stablehlo.reduce(%23 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %25 = stablehlo.reshape %24 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %26 = stablehlo.convert %cst_20 : (tensor<1xi64>) -> tensor<1xf32>
    %27 = stablehlo.reshape %26 : (tensor<1xf32>) -> tensor<f32>
    %28 = stablehlo.broadcast_in_dim %27, dims = [] : (tensor<f32>) -> tensor<1x32x1xf32>
    %29 = stablehlo.divide %25, %28 : tensor<1x32x1xf32>
    %30 = stablehlo.broadcast_in_dim %29, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %31 = stablehlo.subtract %23, %30 : tensor<1x32x32xf32>
    %32 = stablehlo.multiply %31, %31 : tensor<1x32x32xf32>
    %33 = stablehlo.reduce(%32 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %34 = stablehlo.reshape %33 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %35 = stablehlo.divide %34, %28 : tensor<1x32x1xf32>
    %36 = stablehlo.convert %cst_22 : (tensor<1xf64>) -> tensor<1xf32>
    %37 = stablehlo.reshape %36 : (tensor<1xf32>) -> tensor<f32>
    %38 = stablehlo.broadcast_in_dim %37, dims = [] : (tensor<f32>) -> tensor<1x32x1xf32>
    %39 = stablehlo.add %35, %38 : tensor<1x32x1xf32>
    %40 = stablehlo.rsqrt %39 : tensor<1x32x1xf32>
    %41 = stablehlo.broadcast_in_dim %40, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %42 = stablehlo.multiply %31, %41 : tensor<1x32x32xf32>
    %43 = stablehlo.broadcast_in_dim %arg2, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %44 = stablehlo.multiply %42, %43 : tensor<1x32x32xf32>
    %45 = stablehlo.broadcast_in_dim %arg3, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %46 = stablehlo.add %44, %45 : tensor<1x32x32xf32>
    %47 = stablehlo.reshape %46 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %48 = stablehlo.transpose %arg6, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %49 = stablehlo.dot_general %47, %48, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %50 = stablehlo.broadcast_in_dim %arg7, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %51 = stablehlo.add %49, %50 : tensor<32x32xf32>
    %52 = stablehlo.reshape %51 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %53 = stablehlo.slice %52 [0:1, 0:32, 0:16] : (tensor<1x32x32xf32>) -> tensor<1x32x16xf32>
    %54 = stablehlo.slice %52 [0:1, 0:32, 16:32] : (tensor<1x32x32xf32>) -> tensor<1x32x16xf32>
    %55 = stablehlo.transpose %arg4, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %56 = stablehlo.dot_general %47, %55, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %57 = stablehlo.broadcast_in_dim %arg5, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %58 = stablehlo.add %56, %57 : tensor<32x32xf32>
    %59 = stablehlo.reshape %58 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %60 = stablehlo.reshape %59 : (tensor<1x32x32xf32>) -> tensor<1x32x4x8xf32>
    %61 = stablehlo.transpose %60, dims = [0, 2, 1, 3] : (tensor<1x32x4x8xf32>) -> tensor<1x4x32x8xf32>
    %62 = stablehlo.reshape %53 : (tensor<1x32x16xf32>) -> tensor<1x32x2x8xf32>
    %63 = stablehlo.transpose %62, dims = [0, 2, 1, 3] : (tensor<1x32x2x8xf32>) -> tensor<1x2x32x8xf32>
    %64 = stablehlo.reshape %54 : (tensor<1x32x16xf32>) -> tensor<1x32x2x8xf32>
    %65 = stablehlo.transpose %64, dims = [0, 2, 1, 3] : (tensor<1x32x2x8xf32>) -> tensor<1x2x32x8xf32>
    %66 = stablehlo.reshape %63 : (tensor<1x2x32x8xf32>) -> tensor<1x2x1x32x8xf32>
    %67 = stablehlo.broadcast_in_dim %66, dims = [0, 1, 2, 3, 4] : (tensor<1x2x1x32x8xf32>) -> tensor<1x2x2x32x8xf32>
    %68 = stablehlo.reshape %67 : (tensor<1x2x2x32x8xf32>) -> tensor<1x4x32x8xf32>
    %69 = stablehlo.reshape %65 : (tensor<1x2x32x8xf32>) -> tensor<1x2x1x32x8xf32>
    %70 = stablehlo.broadcast_in_dim %69, dims = [0, 1, 2, 3, 4] : (tensor<1x2x1x32x8xf32>) -> tensor<1x2x2x32x8xf32>
    %71 = stablehlo.reshape %70 : (tensor<1x2x2x32x8xf32>) -> tensor<1x4x32x8xf32>
    %72 = stablehlo.transpose %68, dims = [0, 1, 3, 2] : (tensor<1x4x32x8xf32>) -> tensor<1x4x8x32xf32>
    %73 = stablehlo.reshape %61 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %74 = stablehlo.reshape %72 : (tensor<1x4x8x32xf32>) -> tensor<4x8x32xf32>
    %75 = stablehlo.broadcast_in_dim %74, dims = [0, 1, 2] : (tensor<4x8x32xf32>) -> tensor<4x8x32xf32>
    %76 = stablehlo.dot_general %73, %75, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x8xf32>, tensor<4x8x32xf32>) -> tensor<4x32x32xf32>
    %77 = stablehlo.reshape %76 : (tensor<4x32x32xf32>) -> tensor<1x4x32x32xf32>
    %78 = stablehlo.convert %cst_23 : (tensor<1xf64>) -> tensor<1xf32>
    %79 = stablehlo.reshape %78 : (tensor<1xf32>) -> tensor<f32>
    %80 = stablehlo.broadcast_in_dim %79, dims = [] : (tensor<f32>) -> tensor<1x4x32x32xf32>
    %81 = stablehlo.multiply %77, %80 : tensor<1x4x32x32xf32>
    %82 = stablehlo.reshape %19 : (tensor<32xi64>) -> tensor<32x1xi64>
    %83 = stablehlo.reshape %19 : (tensor<32xi64>) -> tensor<1x32xi64>
    %84 = stablehlo.broadcast_in_dim %82, dims = [0, 1] : (tensor<32x1xi64>) -> tensor<32x32xi64>
    %85 = stablehlo.broadcast_in_dim %83, dims = [0, 1] : (tensor<1x32xi64>) -> tensor<32x32xi64>
    %86 = stablehlo.compare GE, %84, %85, SIGNED : (tensor<32x32xi64>, tensor<32x32xi64>) -> tensor<32x32xi1>
    %87 = stablehlo.not %86 : tensor<32x32xi1>
    %88 = stablehlo.reshape %87 : (tensor<32x32xi1>) -> tensor<1x1x32x32xi1>
    %89 = stablehlo.broadcast_in_dim %88, dims = [0, 1, 2, 3] : (tensor<1x1x32x32xi1>) -> tensor<1x4x32x32xi1>
    %90 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x4x32x32xf32>
    %91 = stablehlo.broadcast_in_dim %81, dims = [0, 1, 2, 3] : (tensor<1x4x32x32xf32>) -> tensor<1x4x32x32xf32>
    %92 = stablehlo.select %89, %90, %91 : tensor<1x4x32x32xi1>, tensor<1x4x32x32xf32>
    %93 = stablehlo.reduce(%92 init: %cst) applies stablehlo.maximum across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %94 = stablehlo.reshape %93 : (tensor<1x4x32xf32>) -> tensor<1x4x32x1xf32>
    %95 = stablehlo.broadcast_in_dim %94, dims = [0, 1, 2, 3] : (tensor<1x4x32x1xf32>) -> tensor<1x4x32x32xf32>
    %96 = stablehlo.subtract %92, %95 : tensor<1x4x32x32xf32>
    %97 = stablehlo.exponential %96 : tensor<1x4x32x32xf32>
    %98 = stablehlo.reduce(%97 init: %cst_0) applies stablehlo.add across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %99 = stablehlo.reshape %98 : (tensor<1x4x32xf32>) -> tensor<1x4x32x1xf32>
    %100 = stablehlo.broadcast_in_dim %99, dims = [0, 1, 2, 3] : (tensor<1x4x32x1xf32>) -> tensor<1x4x32x32xf32>
    %101 = stablehlo.divide %97, %100 : tensor<1x4x32x32xf32>
    %102 = stablehlo.reshape %101 : (tensor<1x4x32x32xf32>) -> tensor<4x32x32xf32>
    %103 = stablehlo.reshape %71 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %104 = stablehlo.broadcast_in_dim %103, dims = [0, 1, 2] : (tensor<4x32x8xf32>) -> tensor<4x32x8xf32>
    %105 = stablehlo.dot_general %102, %104, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x32xf32>, tensor<4x32x8xf32>) -> tensor<4x32x8xf32>
    %106 = stablehlo.reshape %105 : (tensor<4x32x8xf32>) -> tensor<1x4x32x8xf32>
    %107 = stablehlo.transpose %106, dims = [0, 2, 1, 3] : (tensor<1x4x32x8xf32>) -> tensor<1x32x4x8xf32>
    %108 = stablehlo.reshape %107 : (tensor<1x32x4x8xf32>) -> tensor<1x32x32xf32>
    %109 = stablehlo.reshape %108 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %110 = stablehlo.transpose %arg8, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %111 = stablehlo.dot_general %109, %110, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %112 = stablehlo.broadcast_in_dim %arg9, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %113 = stablehlo.add %111, %112 : tensor<32x32xf32>
    %114 = stablehlo.reshape %113 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %115 = stablehlo.add %23, %114 : tensor<1x32x32xf32>
    %116 = stablehlo.reduce(%115 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %117 = stablehlo.reshape %116 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %118 = stablehlo.divide %117, %28 : tensor<1x32x1xf32>
    %119 = stablehlo.broadcast_in_dim %118, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %120 = stablehlo.subtract %115, %119 : tensor<1x32x32xf32>
    %121 = stablehlo.multiply %120, %120 : tensor<1x32x32xf32>
    %122 = stablehlo.reduce(%121 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %123 = stablehlo.reshape %122 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %124 = stablehlo.divide %123, %28 : tensor<1x32x1xf32>
    %125 = stablehlo.add %124, %38 : tensor<1x32x1xf32>
    %126 = stablehlo.rsqrt %125 : tensor<1x32x1xf32>
    %127 = stablehlo.broadcast_in_dim %126, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %128 = stablehlo.multiply %120, %127 : tensor<1x32x32xf32>
    %129 = stablehlo.broadcast_in_dim %arg10, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %130 = stablehlo.multiply %128, %129 : tensor<1x32x32xf32>
    %131 = stablehlo.broadcast_in_dim %arg11, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %132 = stablehlo.add %130, %131 : tensor<1x32x32xf32>
    %133 = stablehlo.reshape %132 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %134 = stablehlo.transpose %arg12, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %135 = stablehlo.dot_general %133, %134, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x128xf32>) -> tensor<32x128xf32>
    %136 = stablehlo.broadcast_in_dim %arg13, dims = [1] : (tensor<128xf32>) -> tensor<32x128xf32>
    %137 = stablehlo.add %135, %136 : tensor<32x128xf32>
    %138 = stablehlo.reshape %137 : (tensor<32x128xf32>) -> tensor<1x32x128xf32>
    %139 = stablehlo.multiply %138, %cst_3 : tensor<1x32x128xf32>
    %140 = stablehlo.rsqrt %cst_2 : tensor<1x32x128xf32>
    %141 = stablehlo.multiply %138, %140 : tensor<1x32x128xf32>
    %142 = stablehlo.clamp %cst_4, %141, %cst_5 : tensor<1x32x128xf32>
    %143 = stablehlo.multiply %142, %142 : tensor<1x32x128xf32>
    %144 = stablehlo.multiply %cst_6, %143 : tensor<1x32x128xf32>
    %145 = stablehlo.add %144, %cst_7 : tensor<1x32x128xf32>
    %146 = stablehlo.multiply %145, %143 : tensor<1x32x128xf32>
    %147 = stablehlo.add %146, %cst_8 : tensor<1x32x128xf32>
    %148 = stablehlo.multiply %147, %143 : tensor<1x32x128xf32>
    %149 = stablehlo.add %148, %cst_9 : tensor<1x32x128xf32>
    %150 = stablehlo.multiply %149, %143 : tensor<1x32x128xf32>
    %151 = stablehlo.add %150, %cst_10 : tensor<1x32x128xf32>
    %152 = stablehlo.multiply %151, %143 : tensor<1x32x128xf32>
    %153 = stablehlo.add %152, %cst_11 : tensor<1x32x128xf32>
    %154 = stablehlo.multiply %153, %143 : tensor<1x32x128xf32>
    %155 = stablehlo.add %154, %cst_12 : tensor<1x32x128xf32>
    %156 = stablehlo.multiply %cst_13, %143 : tensor<1x32x128xf32>
    %157 = stablehlo.add %156, %cst_14 : tensor<1x32x128xf32>
    %158 = stablehlo.multiply %157, %143 : tensor<1x32x128xf32>
    %159 = stablehlo.add %158, %cst_15 : tensor<1x32x128xf32>
    %160 = stablehlo.multiply %159, %143 : tensor<1x32x128xf32>
    %161 = stablehlo.add %160, %cst_16 : tensor<1x32x128xf32>
    %162 = stablehlo.multiply %161, %143 : tensor<1x32x128xf32>
    %163 = stablehlo.add %162, %cst_17 : tensor<1x32x128xf32>
    %164 = stablehlo.multiply %142, %155 : tensor<1x32x128xf32>
    %165 = stablehlo.divide %164, %163 : tensor<1x32x128xf32>
    %166 = stablehlo.clamp %cst_18, %165, %cst_1 : tensor<1x32x128xf32>
    %167 = stablehlo.add %166, %cst_1 : tensor<1x32x128xf32>
    %168 = stablehlo.multiply %167, %139 : tensor<1x32x128xf32>
    %169 = stablehlo.reshape %168 : (tensor<1x32x128xf32>) -> tensor<32x128xf32>
    %170 = stablehlo.transpose %arg14, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %171 = stablehlo.dot_general %169, %170, contracting_dims = [1] x [0] : (tensor<32x128xf32>, tensor<128x32xf32>) -> tensor<32x32xf32>
    %172 = stablehlo.broadcast_in_dim %arg15, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %173 = stablehlo.add %171, %172 : tensor<32x32xf32>
    %174 = stablehlo.reshape %173 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %175 = stablehlo.add %115, %174 : tensor<1x32x32xf32>
    %176 = stablehlo.reduce(%175 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %177 = stablehlo.reshape %176 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %178 = stablehlo.divide %177, %28 : tensor<1x32x1xf32>
    %179 = stablehlo.broadcast_in_dim %178, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %180 = stablehlo.subtract %175, %179 : tensor<1x32x32xf32>
    %181 = stablehlo.multiply %180, %180 : tensor<1x32x32xf32>
    %182 = stablehlo.reduce(%181 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %183 = stablehlo.reshape %182 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %184 = stablehlo.divide %183, %28 : tensor<1x32x1xf32>
    %185 = stablehlo.add %184, %38 : tensor<1x32x1xf32>
    %186 = stablehlo.rsqrt %185 : tensor<1x32x1xf32>
    %187 = stablehlo.broadcast_in_dim %186, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %188 = stablehlo.multiply %180, %187 : tensor<1x32x32xf32>
    %189 = stablehlo.broadcast_in_dim %arg16, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %190 = stablehlo.multiply %188, %189 : tensor<1x32x32xf32>
    %191 = stablehlo.broadcast_in_dim %arg17, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %192 = stablehlo.add %190, %191 : tensor<1x32x32xf32>
    %193 = stablehlo.reshape %192 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %194 = stablehlo.transpose %arg20, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %195 = stablehlo.dot_general %193, %194, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %196 = stablehlo.broadcast_in_dim %arg21, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %197 = stablehlo.add %195, %196 : tensor<32x32xf32>
    %198 = stablehlo.reshape %197 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %199 = stablehlo.slice %198 [0:1, 0:32, 0:16] : (tensor<1x32x32xf32>) -> tensor<1x32x16xf32>
    %200 = stablehlo.slice %198 [0:1, 0:32, 16:32] : (tensor<1x32x32xf32>) -> tensor<1x32x16xf32>
    %201 = stablehlo.transpose %arg18, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %202 = stablehlo.dot_general %193, %201, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %203 = stablehlo.broadcast_in_dim %arg19, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %204 = stablehlo.add %202, %203 : tensor<32x32xf32>
    %205 = stablehlo.reshape %204 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %206 = stablehlo.reshape %205 : (tensor<1x32x32xf32>) -> tensor<1x32x4x8xf32>
    %207 = stablehlo.transpose %206, dims = [0, 2, 1, 3] : (tensor<1x32x4x8xf32>) -> tensor<1x4x32x8xf32>
    %208 = stablehlo.reshape %199 : (tensor<1x32x16xf32>) -> tensor<1x32x2x8xf32>
    %209 = stablehlo.transpose %208, dims = [0, 2, 1, 3] : (tensor<1x32x2x8xf32>) -> tensor<1x2x32x8xf32>
    %210 = stablehlo.reshape %200 : (tensor<1x32x16xf32>) -> tensor<1x32x2x8xf32>
    %211 = stablehlo.transpose %210, dims = [0, 2, 1, 3] : (tensor<1x32x2x8xf32>) -> tensor<1x2x32x8xf32>
    %212 = stablehlo.reshape %209 : (tensor<1x2x32x8xf32>) -> tensor<1x2x1x32x8xf32>
    %213 = stablehlo.broadcast_in_dim %212, dims = [0, 1, 2, 3, 4] : (tensor<1x2x1x32x8xf32>) -> tensor<1x2x2x32x8xf32>
    %214 = stablehlo.reshape %213 : (tensor<1x2x2x32x8xf32>) -> tensor<1x4x32x8xf32>
    %215 = stablehlo.reshape %211 : (tensor<1x2x32x8xf32>) -> tensor<1x2x1x32x8xf32>
    %216 = stablehlo.broadcast_in_dim %215, dims = [0, 1, 2, 3, 4] : (tensor<1x2x1x32x8xf32>) -> tensor<1x2x2x32x8xf32>
    %217 = stablehlo.reshape %216 : (tensor<1x2x2x32x8xf32>) -> tensor<1x4x32x8xf32>
    %218 = stablehlo.transpose %214, dims = [0, 1, 3, 2] : (tensor<1x4x32x8xf32>) -> tensor<1x4x8x32xf32>
    %219 = stablehlo.reshape %207 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %220 = stablehlo.reshape %218 : (tensor<1x4x8x32xf32>) -> tensor<4x8x32xf32>
    %221 = stablehlo.broadcast_in_dim %220, dims = [0, 1, 2] : (tensor<4x8x32xf32>) -> tensor<4x8x32xf32>
    %222 = stablehlo.dot_general %219, %221, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x8xf32>, tensor<4x8x32xf32>) -> tensor<4x32x32xf32>
    %223 = stablehlo.reshape %222 : (tensor<4x32x32xf32>) -> tensor<1x4x32x32xf32>
    %224 = stablehlo.multiply %223, %80 : tensor<1x4x32x32xf32>
    %225 = stablehlo.broadcast_in_dim %224, dims = [0, 1, 2, 3] : (tensor<1x4x32x32xf32>) -> tensor<1x4x32x32xf32>
    %226 = stablehlo.select %89, %90, %225 : tensor<1x4x32x32xi1>, tensor<1x4x32x32xf32>
    %227 = stablehlo.reduce(%226 init: %cst) applies stablehlo.maximum across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %228 = stablehlo.reshape %227 : (tensor<1x4x32xf32>) -> tensor<1x4x32x1xf32>
    %229 = stablehlo.broadcast_in_dim %228, dims = [0, 1, 2, 3] : (tensor<1x4x32x1xf32>) -> tensor<1x4x32x32xf32>
    %230 = stablehlo.subtract %226, %229 : tensor<1x4x32x32xf32>
    %231 = stablehlo.exponential %230 : tensor<1x4x32x32xf32>
    %232 = stablehlo.reduce(%231 init: %cst_0) applies stablehlo.add across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %233 = stablehlo.reshape %232 : (tensor<1x4x32xf32>) -> tensor<1x4x32x1xf32>
    %234 = stablehlo.broadcast_in_dim %233, dims = [0, 1, 2, 3] : (tensor<1x4x32x1xf32>) -> tensor<1x4x32x32xf32>
    %235 = stablehlo.divide %231, %234 : tensor<1x4x32x32xf32>
    %236 = stablehlo.reshape %235 : (tensor<1x4x32x32xf32>) -> tensor<4x32x32xf32>
    %237 = stablehlo.reshape %217 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %238 = stablehlo.broadcast_in_dim %237, dims = [0, 1, 2] : (tensor<4x32x8xf32>) -> tensor<4x32x8xf32>
    %239 = stablehlo.dot_general %236, %238, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x32xf32>, tensor<4x32x8xf32>) -> tensor<4x32x8xf32>
    %240 = stablehlo.reshape %239 : (tensor<4x32x8xf32>) -> tensor<1x4x32x8xf32>
    %241 = stablehlo.transpose %240, dims = [0, 2, 1, 3] : (tensor<1x4x32x8xf32>) -> tensor<1x32x4x8xf32>
    %242 = stablehlo.reshape %241 : (tensor<1x32x4x8xf32>) -> tensor<1x32x32xf32>
    %243 = stablehlo.reshape %242 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %244 = stablehlo.transpose %arg22, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %245 = stablehlo.dot_general %243, %244, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %246 = stablehlo.broadcast_in_dim %arg23, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %247 = stablehlo.add %245, %246 : tensor<32x32xf32>
    %248 = stablehlo.reshape %247 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %249 = stablehlo.add %175, %248 : tensor<1x32x32xf32>
    %250 = stablehlo.reduce(%249 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %251 = stablehlo.reshape %250 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %252 = stablehlo.divide %251, %28 : tensor<1x32x1xf32>
    %253 = stablehlo.broadcast_in_dim %252, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %254 = stablehlo.subtract %249, %253 : tensor<1x32x32xf32>
    %255 = stablehlo.multiply %254, %254 : tensor<1x32x32xf32>
    %256 = stablehlo.reduce(%255 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %257 = stablehlo.reshape %256 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %258 = stablehlo.divide %257, %28 : tensor<1x32x1xf32>
    %259 = stablehlo.add %258, %38 : tensor<1x32x1xf32>
    %260 = stablehlo.rsqrt %259 : tensor<1x32x1xf32>
    %261 = stablehlo.broadcast_in_dim %260, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %262 = stablehlo.multiply %254, %261 : tensor<1x32x32xf32>
    %263 = stablehlo.broadcast_in_dim %arg24, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %264 = stablehlo.multiply %262, %263 : tensor<1x32x32xf32>
    %265 = stablehlo.broadcast_in_dim %arg25, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %266 = stablehlo.add %264, %265 : tensor<1x32x32xf32>
    %267 = stablehlo.reshape %266 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %268 = stablehlo.transpose %arg26, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %269 = stablehlo.dot_general %267, %268, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x128xf32>) -> tensor<32x128xf32>
    %270 = stablehlo.broadcast_in_dim %arg27, dims = [1] : (tensor<128xf32>) -> tensor<32x128xf32>
    %271 = stablehlo.add %269, %270 : tensor<32x128xf32>
    %272 = stablehlo.reshape %271 : (tensor<32x128xf32>) -> tensor<1x32x128xf32>
    %273 = stablehlo.multiply %272, %cst_3 : tensor<1x32x128xf32>
    %274 = stablehlo.multiply %272, %140 : tensor<1x32x128xf32>
    %275 = stablehlo.clamp %cst_4, %274, %cst_5 : tensor<1x32x128xf32>
    %276 = stablehlo.multiply %275, %275 : tensor<1x32x128xf32>
    %277 = stablehlo.multiply %cst_6, %276 : tensor<1x32x128xf32>
    %278 = stablehlo.add %277, %cst_7 : tensor<1x32x128xf32>
    %279 = stablehlo.multiply %278, %276 : tensor<1x32x128xf32>
    %280 = stablehlo.add %279, %cst_8 : tensor<1x32x128xf32>
    %281 = stablehlo.multiply %280, %276 : tensor<1x32x128xf32>
    %282 = stablehlo.add %281, %cst_9 : tensor<1x32x128xf32>
    %283 = stablehlo.multiply %282, %276 : tensor<1x32x128xf32>
    %284 = stablehlo.add %283, %cst_10 : tensor<1x32x128xf32>
    %285 = stablehlo.multiply %284, %276 : tensor<1x32x128xf32>
    %286 = stablehlo.add %285, %cst_11 : tensor<1x32x128xf32>
    %287 = stablehlo.multiply %286, %276 : tensor<1x32x128xf32>
    %288 = stablehlo.add %287, %cst_12 : tensor<1x32x128xf32>
    %289 = stablehlo.multiply %cst_13, %276 : tensor<1x32x128xf32>
    %290 = stablehlo.add %289, %cst_14 : tensor<1x32x128xf32>
    %291 = stablehlo.multiply %290, %276 : tensor<1x32x128xf32>
    %292 = stablehlo.add %291, %cst_15 : tensor<1x32x128xf32>
    %293 = stablehlo.multiply %292, %276 : tensor<1x32x128xf32>
    %294 = stablehlo.add %293, %cst_16 : tensor<1x32x128xf32>
    %295 = stablehlo.multiply %294, %276 : tensor<1x32x128xf32>
    %296 = stablehlo.add %295, %cst_17 : tensor<1x32x128xf32>
    %297 = stablehlo.multiply %275, %288 : tensor<1x32x128xf32>
    %298 = stablehlo.divide %297, %296 : tensor<1x32x128xf32>
    %299 = stablehlo.clamp %cst_18, %298, %cst_1 : tensor<1x32x128xf32>
    %300 = stablehlo.add %299, %cst_1 : tensor<1x32x128xf32>
    %301 = stablehlo.multiply %300, %273 : tensor<1x32x128xf32>
    %302 = stablehlo.reshape %301 : (tensor<1x32x128xf32>) -> tensor<32x128xf32>
    %303 = stablehlo.transpose %arg28, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %304 = stablehlo.dot_general %302, %303, contracting_dims = [1] x [0] : (tensor<32x128xf32>, tensor<128x32xf32>) -> tensor<32x32xf32>
    %305 = stablehlo.broadcast_in_dim %arg29, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %306 = stablehlo.add %304, %305 : tensor<32x32xf32>
    %307 = stablehlo.reshape %306 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %308 = stablehlo.add %249, %307 : tensor<1x32x32xf32>
    %309 = stablehlo.reduce(%308 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %310 = stablehlo.reshape %309 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %311 = stablehlo.divide %310, %28 : tensor<1x32x1xf32>
    %312 = stablehlo.broadcast_in_dim %311, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %313 = stablehlo.subtract %308, %312 : tensor<1x32x32xf32>
    %314 = stablehlo.multiply %313, %313 : tensor<1x32x32xf32>
    %315 = stablehlo.reduce(%314 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %316 = stablehlo.reshape %315 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %317 = stablehlo.divide %316, %28 : tensor<1x32x1xf32>
    %318 = stablehlo.add %317, %38 : tensor<1x32x1xf32>
    %319 = stablehlo.rsqrt %318 : tensor<1x32x1xf32>
    %320 = stablehlo.broadcast_in_dim %319, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %321 = stablehlo.multiply %313, %320 : tensor<1x32x32xf32>
    %322 = stablehlo.broadcast_in_dim %arg30, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %323 = stablehlo.multiply %321, %322 : tensor<1x32x32xf32>
    %324 = stablehlo.broadcast_in_dim %arg31, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %325 = stablehlo.add %323, %324 : tensor<1x32x32xf32>
    %326 = stablehlo.transpose %arg0, dims = [1, 0] : (tensor<65x32xf32>) -> tensor<32x65xf32>
    %327 = stablehlo.reshape %325 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %328 = stablehlo.dot_general %327, %326, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x65xf32>) -> tensor<32x65xf32>
    %329 = stablehlo.reshape %328 : (tensor<32x65xf32>) -> tensor<1x32x65xf32>
    return %329 : tensor<1x32x65xf32>
  }
}
