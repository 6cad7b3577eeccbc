module attributes {pcp.format = 1 : i64} {
  func.func @main(%arg0: tensor<65x32xf32> {pcp.name = "wte.weight", pcp.role = "param"}, %arg1: tensor<32x32xf32> {pcp.name = "wpe.weight", pcp.role = "param"}, %arg2: tensor<32xf32> {pcp.name = "blocks.0.norm1.weight", pcp.role = "param"}, %arg3: tensor<32xf32> {pcp.name = "blocks.0.norm1.bias", pcp.role = "param"}, %arg4: tensor<32x32xf32> {pcp.name = "blocks.0.attn.q.weight", pcp.role = "param"}, %arg5: tensor<32xf32> {pcp.name = "blocks.0.attn.q.bias", pcp.role = "param"}, %arg6: tensor<64x32xf32> {pcp.name = "blocks.0.attn.kv.weight", pcp.role = "param"}, %arg7: tensor<64xf32> {pcp.name = "blocks.0.attn.kv.bias", pcp.role = "param"}, %arg8: tensor<32x32xf32> {pcp.name = "blocks.0.attn.out.weight", pcp.role = "param"}, %arg9: tensor<32xf32> {pcp.name = "blocks.0.attn.out.bias", pcp.role = "param"}, %arg10: tensor<32xf32> {pcp.name = "blocks.0.norm2.weight", pcp.role = "param"}, %arg11: tensor<32xf32> {pcp.name = "blocks.0.norm2.bias", pcp.role = "param"}, %arg12: tensor<128x32xf32> {pcp.name = "blocks.0.up.weight", pcp.role = "param"}, %arg13: tensor<128xf32> {pcp.name = "blocks.0.up.bias", pcp.role = "param"}, %arg14: tensor<32x128xf32> {pcp.name = "blocks.0.down.weight", pcp.role = "param"}, %arg15: tensor<32xf32> {pcp.name = "blocks.0.down.bias", pcp.role = "param"}, %arg16: tensor<32xf32> {pcp.name = "blocks.1.norm1.weight", pcp.role = "param"}, %arg17: tensor<32xf32> {pcp.name = "blocks.1.norm1.bias", pcp.role = "param"}, %arg18: tensor<32x32xf32> {pcp.name = "blocks.1.attn.q.weight", pcp.role = "param"}, %arg19: tensor<32xf32> {pcp.name = "blocks.1.attn.q.bias", pcp.role = "param"}, %arg20: tensor<64x32xf32> {pcp.name = "blocks.1.attn.kv.weight", pcp.role = "param"}, %arg21: tensor<64xf32> {pcp.name = "blocks.1.attn.kv.bias", pcp.role = "param"}, %arg22: tensor<32x32xf32> {pcp.name = "blocks.1.attn.out.weight", pcp.role = "param"}, %arg23: tensor<32xf32> {pcp.name = "blocks.1.attn.out.bias", pcp.role = "param"}, %arg24: tensor<32xf32> {pcp.name = "blocks.1.norm2.weight", pcp.role = "param"}, %arg25: tensor<32xf32> {pcp.name = "blocks.1.norm2.bias", pcp.role = "param"}, %arg26: tensor<128x32xf32> {pcp.name = "blocks.1.up.weight", pcp.role = "param"}, %arg27: tensor<128xf32> {pcp.name = "blocks.1.up.bias", pcp.role = "param"}, %arg28: tensor<32x128xf32> {pcp.name = "blocks.1.down.weight", pcp.role = "param"}, %arg29: tensor<32xf32> {pcp.name = "blocks.1.down.bias", pcp.role = "param"}, %arg30: tensor<32xf32> {pcp.name = "norm.weight", pcp.role = "param"}, %arg31: tensor<32xf32> {pcp.name = "norm.bias", pcp.role = "param"}, %arg32: tensor<4x32xi64> {pcp.name = "tokens", pcp.role = "data"}, %arg33: tensor<4x32xi64> {pcp.name = "targets", pcp.role = "data"}) -> (tensor<f32> {pcp.name = "loss", pcp.role = "loss"}) {
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
    %39 = stablehlo.transpose %arg6, dims = [1, 0] : (tensor<64x32xf32>) -> tensor<32x64xf32>
    %40 = stablehlo.dot_general %38, %39, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x64xf32>) -> tensor<128x64xf32>
    %41 = stablehlo.broadcast_in_dim %arg7, dims = [1] : (tensor<64xf32>) -> tensor<128x64xf32>
    %42 = stablehlo.add %40, %41 : tensor<128x64xf32>
    %43 = stablehlo.reshape %42 : (tensor<128x64xf32>) -> tensor<4x32x64xf32>
    %44 = stablehlo.slice %43 [0:4, 0:32, 0:32] : (tensor<4x32x64xf32>) -> tensor<4x32x32xf32>
    %45 = stablehlo.slice %43 [0:4, 0:32, 32:64] : (tensor<4x32x64xf32>) -> tensor<4x32x32xf32>
    %46 = stablehlo.transpose %arg4, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %47 = stablehlo.dot_general %38, %46, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %48 = stablehlo.broadcast_in_dim %arg5, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %49 = stablehlo.add %47, %48 : tensor<128x32xf32>
    %50 = stablehlo.reshape %49 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %51 = stablehlo.reshape %50 : (tensor<4x32x32xf32>) -> tensor<4x32x4x8xf32>
    %52 = stablehlo.transpose %51, dims = [0, 2, 1, 3] : (tensor<4x32x4x8xf32>) -> tensor<4x4x32x8xf32>
    %53 = stablehlo.reshape %44 : (tensor<4x32x32xf32>) -> tensor<4x32x4x8xf32>
    %54 = stablehlo.transpose %53, dims = [0, 2, 1, 3] : (tensor<4x32x4x8xf32>) -> tensor<4x4x32x8xf32>
    %55 = stablehlo.reshape %45 : (tensor<4x32x32xf32>) -> tensor<4x32x4x8xf32>
    %56 = stablehlo.transpose %55, dims = [0, 2, 1, 3] : (tensor<4x32x4x8xf32>) -> tensor<4x4x32x8xf32>
    %57 = stablehlo.transpose %54, dims = [0, 1, 3, 2] : (tensor<4x4x32x8xf32>) -> tensor<4x4x8x32xf32>
    %58 = stablehlo.reshape %52 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %59 = stablehlo.reshape %57 : (tensor<4x4x8x32xf32>) -> tensor<16x8x32xf32>
    %60 = stablehlo.broadcast_in_dim %59, dims = [0, 1, 2] : (tensor<16x8x32xf32>) -> tensor<16x8x32xf32>
    %61 = stablehlo.dot_general %58, %60, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x8xf32>, tensor<16x8x32xf32>) -> tensor<16x32x32xf32>
    %62 = stablehlo.reshape %61 : (tensor<16x32x32xf32>) -> tensor<4x4x32x32xf32>
    %63 = stablehlo.convert %cst_27 : (tensor<1xf64>) -> tensor<1xf32>
    %64 = stablehlo.reshape %63 : (tensor<1xf32>) -> tensor<f32>
    %65 = stablehlo.broadcast_in_dim %64, dims = [] : (tensor<f32>) -> tensor<4x4x32x32xf32>
    %66 = stablehlo.multiply %62, %65 : tensor<4x4x32x32xf32>
    %67 = stablehlo.reshape %10 : (tensor<32xi64>) -> tensor<32x1xi64>
    %68 = stablehlo.reshape %10 : (tensor<32xi64>) -> tensor<1x32xi64>
    %69 = stablehlo.broadcast_in_dim %67, dims = [0, 1] : (tensor<32x1xi64>) -> tensor<32x32xi64>
    %70 = stablehlo.broadcast_in_dim %68, dims = [0, 1] : (tensor<1x32xi64>) -> tensor<32x32xi64>
    %71 = stablehlo.compare GE, %69, %70, SIGNED : (tensor<32x32xi64>, tensor<32x32xi64>) -> tensor<32x32xi1>
    %72 = stablehlo.not %71 : tensor<32x32xi1>
    %73 = stablehlo.reshape %72 : (tensor<32x32xi1>) -> tensor<1x1x32x32xi1>
    %74 = stablehlo.broadcast_in_dim %73, dims = [0, 1, 2, 3] : (tensor<1x1x32x32xi1>) -> tensor<4x4x32x32xi1>
    %75 = stablehlo.broadcast_in_dim %cst_6, dims = [] : (tensor<f32>) -> tensor<4x4x32x32xf32>
    %76 = stablehlo.broadcast_in_dim %66, dims = [0, 1, 2, 3] : (tensor<4x4x32x32xf32>) -> tensor<4x4x32x32xf32>
    %77 = stablehlo.select %74, %75, %76 : tensor<4x4x32x32xi1>, tensor<4x4x32x32xf32>
    %78 = stablehlo.reduce(%77 init: %cst_6) applies stablehlo.maximum across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %79 = stablehlo.reshape %78 : (tensor<4x4x32xf32>) -> tensor<4x4x32x1xf32>
    %80 = stablehlo.broadcast_in_dim %79, dims = [0, 1, 2, 3] : (tensor<4x4x32x1xf32>) -> tensor<4x4x32x32xf32>
    %81 = stablehlo.subtract %77, %80 : tensor<4x4x32x32xf32>
    %82 = stablehlo.exponential %81 : tensor<4x4x32x32xf32>
    %83 = stablehlo.reduce(%82 init: %cst) applies stablehlo.add across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %84 = stablehlo.reshape %83 : (tensor<4x4x32xf32>) -> tensor<4x4x32x1xf32>
    %85 = stablehlo.broadcast_in_dim %84, dims = [0, 1, 2, 3] : (tensor<4x4x32x1xf32>) -> tensor<4x4x32x32xf32>
    %86 = stablehlo.divide %82, %85 : tensor<4x4x32x32xf32>
    %87 = stablehlo.reshape %86 : (tensor<4x4x32x32xf32>) -> tensor<16x32x32xf32>
    %88 = stablehlo.reshape %56 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %89 = stablehlo.broadcast_in_dim %88, dims = [0, 1, 2] : (tensor<16x32x8xf32>) -> tensor<16x32x8xf32>
    %90 = stablehlo.dot_general %87, %89, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x32xf32>, tensor<16x32x8xf32>) -> tensor<16x32x8xf32>
    %91 = stablehlo.reshape %90 : (tensor<16x32x8xf32>) -> tensor<4x4x32x8xf32>
    %92 = stablehlo.transpose %91, dims = [0, 2, 1, 3] : (tensor<4x4x32x8xf32>) -> tensor<4x32x4x8xf32>
    %93 = stablehlo.reshape %92 : (tensor<4x32x4x8xf32>) -> tensor<4x32x32xf32>
    %94 = stablehlo.reshape %93 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %95 = stablehlo.transpose %arg8, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %96 = stablehlo.dot_general %94, %95, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %97 = stablehlo.broadcast_in_dim %arg9, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %98 = stablehlo.add %96, %97 : tensor<128x32xf32>
    %99 = stablehlo.reshape %98 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %100 = stablehlo.add %14, %99 : tensor<4x32x32xf32>
    %101 = stablehlo.reduce(%100 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %102 = stablehlo.reshape %101 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %103 = stablehlo.divide %102, %19 : tensor<4x32x1xf32>
    %104 = stablehlo.broadcast_in_dim %103, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %105 = stablehlo.subtract %100, %104 : tensor<4x32x32xf32>
    %106 = stablehlo.multiply %105, %105 : tensor<4x32x32xf32>
    %107 = stablehlo.reduce(%106 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %108 = stablehlo.reshape %107 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %109 = stablehlo.divide %108, %19 : tensor<4x32x1xf32>
    %110 = stablehlo.add %109, %29 : tensor<4x32x1xf32>
    %111 = stablehlo.rsqrt %110 : tensor<4x32x1xf32>
    %112 = stablehlo.broadcast_in_dim %111, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %113 = stablehlo.multiply %105, %112 : tensor<4x32x32xf32>
    %114 = stablehlo.broadcast_in_dim %arg10, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %115 = stablehlo.multiply %113, %114 : tensor<4x32x32xf32>
    %116 = stablehlo.broadcast_in_dim %arg11, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %117 = stablehlo.add %115, %116 : tensor<4x32x32xf32>
    %118 = stablehlo.reshape %117 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %119 = stablehlo.transpose %arg12, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %120 = stablehlo.dot_general %118, %119, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x128xf32>) -> tensor<128x128xf32>
    %121 = stablehlo.broadcast_in_dim %arg13, dims = [1] : (tensor<128xf32>) -> tensor<128x128xf32>
    %122 = stablehlo.add %120, %121 : tensor<128x128xf32>
    %123 = stablehlo.reshape %122 : (tensor<128x128xf32>) -> tensor<4x32x128xf32>
    %124 = stablehlo.multiply %123, %cst_9 : tensor<4x32x128xf32>
    %125 = stablehlo.rsqrt %cst_8 : tensor<4x32x128xf32>
    %126 = stablehlo.multiply %123, %125 : tensor<4x32x128xf32>
    %127 = stablehlo.clamp %cst_10, %126, %cst_11 : tensor<4x32x128xf32>
    %128 = stablehlo.multiply %127, %127 : tensor<4x32x128xf32>
    %129 = stablehlo.multiply %cst_12, %128 : tensor<4x32x128xf32>
    %130 = stablehlo.add %129, %cst_13 : tensor<4x32x128xf32>
    %131 = stablehlo.multiply %130, %128 : tensor<4x32x128xf32>
    %132 = stablehlo.add %131, %cst_14 : tensor<4x32x128xf32>
    %133 = stablehlo.multiply %132, %128 : tensor<4x32x128xf32>
    %134 = stablehlo.add %133, %cst_15 : tensor<4x32x128xf32>
    %135 = stablehlo.multiply %134, %128 : tensor<4x32x128xf32>
    %136 = stablehlo.add %135, %cst_16 : tensor<4x32x128xf32>
    %137 = stablehlo.multiply %136, %128 : tensor<4x32x128xf32>
    %138 = stablehlo.add %137, %cst_17 : tensor<4x32x128xf32>
    %139 = stablehlo.multiply %138, %128 : tensor<4x32x128xf32>
    %140 = stablehlo.add %139, %cst_18 : tensor<4x32x128xf32>
    %141 = stablehlo.multiply %cst_19, %128 : tensor<4x32x128xf32>
    %142 = stablehlo.add %141, %cst_20 : tensor<4x32x128xf32>
    %143 = stablehlo.multiply %142, %128 : tensor<4x32x128xf32>
    %144 = stablehlo.add %143, %cst_21 : tensor<4x32x128xf32>
    %145 = stablehlo.multiply %144, %128 : tensor<4x32x128xf32>
    %146 = stablehlo.add %145, %cst_22 : tensor<4x32x128xf32>
    %147 = stablehlo.multiply %146, %128 : tensor<4x32x128xf32>
    %148 = stablehlo.add %147, %cst_23 : tensor<4x32x128xf32>
    %149 = stablehlo.multiply %127, %140 : tensor<4x32x128xf32>
    %150 = stablehlo.divide %149, %148 : tensor<4x32x128xf32>
    %151 = stablehlo.clamp %cst_24, %150, %cst_7 : tensor<4x32x128xf32>
    %152 = stablehlo.add %151, %cst_7 : tensor<4x32x128xf32>
    %153 = stablehlo.multiply %152, %124 : tensor<4x32x128xf32>
    %154 = stablehlo.reshape %153 : (tensor<4x32x128xf32>) -> tensor<128x128xf32>
    %155 = stablehlo.transpose %arg14, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %156 = stablehlo.dot_general %154, %155, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x32xf32>) -> tensor<128x32xf32>
    %157 = stablehlo.broadcast_in_dim %arg15, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %158 = stablehlo.add %156, %157 : tensor<128x32xf32>
    %159 = stablehlo.reshape %158 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %160 = stablehlo.add %100, %159 : tensor<4x32x32xf32>
    %161 = stablehlo.reduce(%160 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %162 = stablehlo.reshape %161 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %163 = stablehlo.divide %162, %19 : tensor<4x32x1xf32>
    %164 = stablehlo.broadcast_in_dim %163, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %165 = stablehlo.subtract %160, %164 : tensor<4x32x32xf32>
    %166 = stablehlo.multiply %165, %165 : tensor<4x32x32xf32>
    %167 = stablehlo.reduce(%166 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %168 = stablehlo.reshape %167 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %169 = stablehlo.divide %168, %19 : tensor<4x32x1xf32>
    %170 = stablehlo.add %169, %29 : tensor<4x32x1xf32>
    %171 = stablehlo.rsqrt %170 : tensor<4x32x1xf32>
    %172 = stablehlo.broadcast_in_dim %171, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %173 = stablehlo.multiply %165, %172 : tensor<4x32x32xf32>
    %174 = stablehlo.broadcast_in_dim %arg16, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %175 = stablehlo.multiply %173, %174 : tensor<4x32x32xf32>
    %176 = stablehlo.broadcast_in_dim %arg17, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %177 = stablehlo.add %175, %176 : tensor<4x32x32xf32>
    %178 = stablehlo.reshape %177 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %179 = stablehlo.transpose %arg20, dims = [1, 0] : (tensor<64x32xf32>) -> tensor<32x64xf32>
    %180 = stablehlo.dot_general %178, %179, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x64xf32>) -> tensor<128x64xf32>
    %181 = stablehlo.broadcast_in_dim %arg21, dims = [1] : (tensor<64xf32>) -> tensor<128x64xf32>
    %182 = stablehlo.add %180, %181 : tensor<128x64xf32>
    %183 = stablehlo.reshape %182 : (tensor<128x64xf32>) -> tensor<4x32x64xf32>
    %184 = stablehlo.slice %183 [0:4, 0:32, 0:32] : (tensor<4x32x64xf32>) -> tensor<4x32x32xf32>
    %185 = stablehlo.slice %183 [0:4, 0:32, 32:64] : (tensor<4x32x64xf32>) -> tensor<4x32x32xf32>
    %186 = stablehlo.transpose %arg18, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %187 = stablehlo.dot_general %178, %186, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %188 = stablehlo.broadcast_in_dim %arg19, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %189 = stablehlo.add %187, %188 : tensor<128x32xf32>
    %190 = stablehlo.reshape %189 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %191 = stablehlo.reshape %190 : (tensor<4x32x32xf32>) -> tensor<4x32x4x8xf32>
    %192 = stablehlo.transpose %191, dims = [0, 2, 1, 3] : (tensor<4x32x4x8xf32>) -> tensor<4x4x32x8xf32>
    %193 = stablehlo.reshape %184 : (tensor<4x32x32xf32>) -> tensor<4x32x4x8xf32>
    %194 = stablehlo.transpose %193, dims = [0, 2, 1, 3] : (tensor<4x32x4x8xf32>) -> tensor<4x4x32x8xf32>
    %195 = stablehlo.reshape %185 : (tensor<4x32x32xf32>) -> tensor<4x32x4x8xf32>
    %196 = stablehlo.transpose %195, dims = [0, 2, 1, 3] : (tensor<4x32x4x8xf32>) -> tensor<4x4x32x8xf32>
    %197 = stablehlo.transpose %194, dims = [0, 1, 3, 2] : (tensor<4x4x32x8xf32>) -> tensor<4x4x8x32xf32>
    %198 = stablehlo.reshape %192 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %199 = stablehlo.reshape %197 : (tensor<4x4x8x32xf32>) -> tensor<16x8x32xf32>
    %200 = stablehlo.broadcast_in_dim %199, dims = [0, 1, 2] : (tensor<16x8x32xf32>) -> tensor<16x8x32xf32>
    %201 = stablehlo.dot_general %198, %200, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x8xf32>, tensor<16x8x32xf32>) -> tensor<16x32x32xf32>
    %202 = stablehlo.reshape %201 : (tensor<16x32x32xf32>) -> tensor<4x4x32x32xf32>
    %203 = stablehlo.multiply %202, %65 : tensor<4x4x32x32xf32>
    %204 = stablehlo.broadcast_in_dim %203, dims = [0, 1, 2, 3] : (tensor<4x4x32x32xf32>) -> tensor<4x4x32x32xf32>
    %205 = stablehlo.select %74, %75, %204 : tensor<4x4x32x32xi1>, tensor<4x4x32x32xf32>
    %206 = stablehlo.reduce(%205 init: %cst_6) applies stablehlo.maximum across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %207 = stablehlo.reshape %206 : (tensor<4x4x32xf32>) -> tensor<4x4x32x1xf32>
    %208 = stablehlo.broadcast_in_dim %207, dims = [0, 1, 2, 3] : (tensor<4x4x32x1xf32>) -> tensor<4x4x32x32xf32>
    %209 = stablehlo.subtract %205, %208 : tensor<4x4x32x32xf32>
    %210 = stablehlo.exponential %209 : tensor<4x4x32x32xf32>
    %211 = stablehlo.reduce(%210 init: %cst) applies stablehlo.add across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %212 = stablehlo.reshape %211 : (tensor<4x4x32xf32>) -> tensor<4x4x32x1xf32>
    %213 = stablehlo.broadcast_in_dim %212, dims = [0, 1, 2, 3] : (tensor<4x4x32x1xf32>) -> tensor<4x4x32x32xf32>
    %214 = stablehlo.divide %210, %213 : tensor<4x4x32x32xf32>
    %215 = stablehlo.reshape %214 : (tensor<4x4x32x32xf32>) -> tensor<16x32x32xf32>
    %216 = stablehlo.reshape %196 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %217 = stablehlo.broadcast_in_dim %216, dims = [0, 1, 2] : (tensor<16x32x8xf32>) -> tensor<16x32x8xf32>
    %218 = stablehlo.dot_general %215, %217, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x32xf32>, tensor<16x32x8xf32>) -> tensor<16x32x8xf32>
    %219 = stablehlo.reshape %218 : (tensor<16x32x8xf32>) -> tensor<4x4x32x8xf32>
    %220 = stablehlo.transpose %219, dims = [0, 2, 1, 3] : (tensor<4x4x32x8xf32>) -> tensor<4x32x4x8xf32>
    %221 = stablehlo.reshape %220 : (tensor<4x32x4x8xf32>) -> tensor<4x32x32xf32>
    %222 = stablehlo.reshape %221 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %223 = stablehlo.transpose %arg22, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %224 = stablehlo.dot_general %222, %223, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %225 = stablehlo.broadcast_in_dim %arg23, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %226 = stablehlo.add %224, %225 : tensor<128x32xf32>
    %227 = stablehlo.reshape %226 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %228 = stablehlo.add %160, %227 : tensor<4x32x32xf32>
    %229 = stablehlo.reduce(%228 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %230 = stablehlo.reshape %229 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %231 = stablehlo.divide %230, %19 : tensor<4x32x1xf32>
    %232 = stablehlo.broadcast_in_dim %231, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %233 = stablehlo.subtract %228, %232 : tensor<4x32x32xf32>
    %234 = stablehlo.multiply %233, %233 : tensor<4x32x32xf32>
    %235 = stablehlo.reduce(%234 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %236 = stablehlo.reshape %235 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %237 = stablehlo.divide %236, %19 : tensor<4x32x1xf32>
    %238 = stablehlo.add %237, %29 : tensor<4x32x1xf32>
    %239 = stablehlo.rsqrt %238 : tensor<4x32x1xf32>
    %240 = stablehlo.broadcast_in_dim %239, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %241 = stablehlo.multiply %233, %240 : tensor<4x32x32xf32>
    %242 = stablehlo.broadcast_in_dim %arg24, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %243 = stablehlo.multiply %241, %242 : tensor<4x32x32xf32>
    %244 = stablehlo.broadcast_in_dim %arg25, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %245 = stablehlo.add %243, %244 : tensor<4x32x32xf32>
    %246 = stablehlo.reshape %245 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %247 = stablehlo.transpose %arg26, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %248 = stablehlo.dot_general %246, %247, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x128xf32>) -> tensor<128x128xf32>
    %249 = stablehlo.broadcast_in_dim %arg27, dims = [1] : (tensor<128xf32>) -> tensor<128x128xf32>
    %250 = stablehlo.add %248, %249 : tensor<128x128xf32>
    %251 = stablehlo.reshape %250 : (tensor<128x128xf32>) -> tensor<4x32x128xf32>
    %252 = stablehlo.multiply %251, %cst_9 : tensor<4x32x128xf32>
    %253 = stablehlo.multiply %251, %125 : tensor<4x32x128xf32>
    %254 = stablehlo.clamp %cst_10, %253, %cst_11 : tensor<4x32x128xf32>
    %255 = stablehlo.multiply %254, %254 : tensor<4x32x128xf32>
    %256 = stablehlo.multiply %cst_12, %255 : tensor<4x32x128xf32>
    %257 = stablehlo.add %256, %cst_13 : tensor<4x32x128xf32>
    %258 = stablehlo.multiply %257, %255 : tensor<4x32x128xf32>
    %259 = stablehlo.add %258, %cst_14 : tensor<4x32x128xf32>
    %260 = stablehlo.multiply %259, %255 : tensor<4x32x128xf32>
    %261 = stablehlo.add %260, %cst_15 : tensor<4x32x128xf32>
    %262 = stablehlo.multiply %261, %255 : tensor<4x32x128xf32>
    %263 = stablehlo.add %262, %cst_16 : tensor<4x32x128xf32>
    %264 = stablehlo.multiply %263, %255 : tensor<4x32x128xf32>
    %265 = stablehlo.add %264, %cst_17 : tensor<4x32x128xf32>
    %266 = stablehlo.multiply %265, %255 : tensor<4x32x128xf32>
    %267 = stablehlo.add %266, %cst_18 : tensor<4x32x128xf32>
    %268 = stablehlo.multiply %cst_19, %255 : tensor<4x32x128xf32>
    %269 = stablehlo.add %268, %cst_20 : tensor<4x32x128xf32>
    %270 = stablehlo.multiply %269, %255 : tensor<4x32x128xf32>
    %271 = stablehlo.add %270, %cst_21 : tensor<4x32x128xf32>
    %272 = stablehlo.multiply %271, %255 : tensor<4x32x128xf32>
    %273 = stablehlo.add %272, %cst_22 : tensor<4x32x128xf32>
    %274 = stablehlo.multiply %273, %255 : tensor<4x32x128xf32>
    %275 = stablehlo.add %274, %cst_23 : tensor<4x32x128xf32>
    %276 = stablehlo.multiply %254, %267 : tensor<4x32x128xf32>
    %277 = stablehlo.divide %276, %275 : tensor<4x32x128xf32>
    %278 = stablehlo.clamp %cst_24, %277, %cst_7 : tensor<4x32x128xf32>
    %279 = stablehlo.add %278, %cst_7 : tensor<4x32x128xf32>
    %280 = stablehlo.multiply %279, %252 : tensor<4x32x128xf32>
    %281 = stablehlo.reshape %280 : (tensor<4x32x128xf32>) -> tensor<128x128xf32>
    %282 = stablehlo.transpose %arg28, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %283 = stablehlo.dot_general %281, %282, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x32xf32>) -> tensor<128x32xf32>
    %284 = stablehlo.broadcast_in_dim %arg29, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %285 = stablehlo.add %283, %284 : tensor<128x32xf32>
    %286 = stablehlo.reshape %285 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %287 = stablehlo.add %228, %286 : tensor<4x32x32xf32>
    %288 = stablehlo.reduce(%287 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %289 = stablehlo.reshape %288 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %290 = stablehlo.divide %289, %19 : tensor<4x32x1xf32>
    %291 = stablehlo.broadcast_in_dim %290, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %292 = stablehlo.subtract %287, %291 : tensor<4x32x32xf32>
    %293 = stablehlo.multiply %292, %292 : tensor<4x32x32xf32>
    %294 = stablehlo.reduce(%293 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %295 = stablehlo.reshape %294 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %296 = stablehlo.divide %295, %19 : tensor<4x32x1xf32>
    %297 = stablehlo.add %296, %29 : tensor<4x32x1xf32>
    %298 = stablehlo.rsqrt %297 : tensor<4x32x1xf32>
    %299 = stablehlo.broadcast_in_dim %298, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %300 = stablehlo.multiply %292, %299 : tensor<4x32x32xf32>
    %301 = stablehlo.broadcast_in_dim %arg30, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %302 = stablehlo.multiply %300, %301 : tensor<4x32x32xf32>
    %303 = stablehlo.broadcast_in_dim %arg31, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %304 = stablehlo.add %302, %303 : tensor<4x32x32xf32>
    %305 = stablehlo.transpose %arg0, dims = [1, 0] : (tensor<65x32xf32>) -> tensor<32x65xf32>
    %306 = stablehlo.reshape %304 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %307 = stablehlo.dot_general %306, %305, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x65xf32>) -> tensor<128x65xf32>
    %308 = stablehlo.reshape %307 : (tensor<128x65xf32>) -> tensor<4x32x65xf32>
    %309 = stablehlo.reshape %308 : (tensor<4x32x65xf32>) -> tensor<128x65xf32>
    %310 = stablehlo.reshape %arg33 : (tensor<4x32xi64>) -> tensor<128xi64>
    %311 = stablehlo.reduce(%309 init: %cst_6) applies stablehlo.maximum across dimensions = [1] : (tensor<128x65xf32>, tensor<f32>) -> tensor<128xf32>
    %312 = stablehlo.reshape %311 : (tensor<128xf32>) -> tensor<128x1xf32>
    %313 = stablehlo.broadcast_in_dim %312, dims = [0, 1] : (tensor<128x1xf32>) -> tensor<128x65xf32>
    %314 = stablehlo.subtract %309, %313 : tensor<128x65xf32>
    %315 = stablehlo.exponential %314 : tensor<128x65xf32>
    %316 = stablehlo.reduce(%315 init: %cst) applies stablehlo.add across dimensions = [1] : (tensor<128x65xf32>, tensor<f32>) -> tensor<128xf32>
    %317 = stablehlo.reshape %316 : (tensor<128xf32>) -> tensor<128x1xf32>
    %318 = stablehlo.log %317 : tensor<128x1xf32>
    %319 = stablehlo.broadcast_in_dim %318, dims = [0, 1] : (tensor<128x1xf32>) -> tensor<128x65xf32>
    %320 = stablehlo.subtract %314, %319 : tensor<128x65xf32>
    %321 = stablehlo.compare NE, %310, %c_0, SIGNED : (tensor<128xi64>, tensor<128xi64>) -> tensor<128xi1>
    %322 = stablehlo.broadcast_in_dim %321, dims = [0] : (tensor<128xi1>) -> tensor<128xi1>
    %323 = stablehlo.broadcast_in_dim %310, dims = [0] : (tensor<128xi64>) -> tensor<128xi64>
    %324 = stablehlo.select %322, %323, %c : tensor<128xi1>, tensor<128xi64>
    %325 = stablehlo.reshape %324 : (tensor<128xi64>) -> tensor<128x1xi64>
    %326 = stablehlo.iota dim = 0 : tensor<128x1x1xi64>
    %327 = stablehlo.reshape %325 : (tensor<128x1xi64>) -> tensor<128x1x1xi64>
    %328 = stablehlo.concatenate %326, %327, dim = 2 : (tensor<128x1x1xi64>, tensor<128x1x1xi64>) -> tensor<128x1x2xi64>
    %329 = "stablehlo.gather"(%320, %328) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0, 1], start_index_map = [0, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1>}> : (tensor<128x65xf32>, tensor<128x1x2xi64>) -> tensor<128x1xf32>
    %330 = stablehlo.reshape %329 : (tensor<128x1xf32>) -> tensor<128xf32>
    %331 = stablehlo.negate %330 : tensor<128xf32>
    %332 = stablehlo.broadcast_in_dim %331, dims = [0] : (tensor<128xf32>) -> tensor<128xf32>
    %333 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<128xf32>
    %334 = stablehlo.select %322, %332, %333 : tensor<128xi1>, tensor<128xf32>
    %335 = stablehlo.convert %321 : (tensor<128xi1>) -> tensor<128xi64>
    %336 = stablehlo.reduce(%335 init: %c_5) applies stablehlo.add across dimensions = [0] : (tensor<128xi64>, tensor<i64>) -> tensor<i64>
    %337 = stablehlo.convert %336 : (tensor<i64>) -> tensor<f32>
    %338 = stablehlo.reduce(%334 init: %cst) applies stablehlo.add across dimensions = [0] : (tensor<128xf32>, tensor<f32>) -> tensor<f32>
    %339 = stablehlo.divide %338, %337 : tensor<f32>
    return %339 : tensor<f32>
  }
  func.func @logits(%arg0: tensor<65x32xf32> {pcp.name = "wte.weight", pcp.role = "param"}, %arg1: tensor<32x32xf32> {pcp.name = "wpe.weight", pcp.role = "param"}, %arg2: tensor<32xf32> {pcp.name = "blocks.0.norm1.weight", pcp.role = "param"}, %arg3: tensor<32xf32> {pcp.name = "blocks.0.norm1.bias", pcp.role = "param"}, %arg4: tensor<32x32xf32> {pcp.name = "blocks.0.attn.q.weight", pcp.role = "param"}, %arg5: tensor<32xf32> {pcp.name = "blocks.0.attn.q.bias", pcp.role = "param"}, %arg6: tensor<64x32xf32> {pcp.name = "blocks.0.attn.kv.weight", pcp.role = "param"}, %arg7: tensor<64xf32> {pcp.name = "blocks.0.attn.kv.bias", pcp.role = "param"}, %arg8: tensor<32x32xf32> {pcp.name = "blocks.0.attn.out.weight", pcp.role = "param"}, %arg9: tensor<32xf32> {pcp.name = "blocks.0.attn.out.bias", pcp.role = "param"}, %arg10: tensor<32xf32> {pcp.name = "blocks.0.norm2.weight", pcp.role = "param"}, %arg11: tensor<32xf32> {pcp.name = "blocks.0.norm2.bias", pcp.role = "param"}, %arg12: tensor<128x32xf32> {pcp.name = "blocks.0.up.weight", pcp.role = "param"}, %arg13: tensor<128xf32> {pcp.name = "blocks.0.up.bias", pcp.role = "param"}, %arg14: tensor<32x128xf32> {pcp.name = "blocks.0.down.weight", pcp.role = "param"}, %arg15: tensor<32xf32> {pcp.name = "blocks.0.down.bias", pcp.role = "param"}, %arg16: tensor<32xf32> {pcp.name = "blocks.1.norm1.weight", pcp.role = "param"}, %arg17: tensor<32xf32> {pcp.name = "blocks.1.norm1.bias", pcp.role = "param"}, %arg18: tensor<32x32xf32> {pcp.name = "blocks.1.attn.q.weight", pcp.role = "param"}, %arg19: tensor<32xf32> {pcp.name = "blocks.1.attn.q.bias", pcp.role = "param"}, %arg20: tensor<64x32xf32> {pcp.name = "blocks.1.attn.kv.weight", pcp.role = "param"}, %arg21: tensor<64xf32> {pcp.name = "blocks.1.attn.kv.bias", pcp.role = "param"}, %arg22: tensor<32x32xf32> {pcp.name = "blocks.1.attn.out.weight", pcp.role = "param"}, %arg23: tensor<32xf32> {pcp.name = "blocks.1.attn.out.bias", pcp.role = "param"}, %arg24: tensor<32xf32> {pcp.name = "blocks.1.norm2.weight", pcp.role = "param"}, %arg25: tensor<32xf32> {pcp.name = "blocks.1.norm2.bias", pcp.role = "param"}, %arg26: tensor<128x32xf32> {pcp.name = "blocks.1.up.weight", pcp.role = "param"}, %arg27: tensor<128xf32> {pcp.name = "blocks.1.up.bias", pcp.role = "param"}, %arg28: tensor<32x128xf32> {pcp.name = "blocks.1.down.weight", pcp.role = "param"}, %arg29: tensor<32xf32> {pcp.name = "blocks.1.down.bias", pcp.role = "param"}, %arg30: tensor<32xf32> {pcp.name = "norm.weight", pcp.role = "param"}, %arg31: tensor<32xf32> {pcp.name = "norm.bias", pcp.role = "param"}, %arg32: tensor<1x32xi64> {pcp.name = "tokens", pcp.role = "data"}) -> (tensor<1x32x65xf32> {pcp.name = "logits", pcp.role = "aux"}) {
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
    %48 = stablehlo.transpose %arg6, dims = [1, 0] : (tensor<64x32xf32>) -> tensor<32x64xf32>
    %49 = stablehlo.dot_general %47, %48, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x64xf32>) -> tensor<32x64xf32>
    %50 = stablehlo.broadcast_in_dim %arg7, dims = [1] : (tensor<64xf32>) -> tensor<32x64xf32>
    %51 = stablehlo.add %49, %50 : tensor<32x64xf32>
    %52 = stablehlo.reshape %51 : (tensor<32x64xf32>) -> tensor<1x32x64xf32>
    %53 = stablehlo.slice %52 [0:1, 0:32, 0:32] : (tensor<1x32x64xf32>) -> tensor<1x32x32xf32>
    %54 = stablehlo.slice %52 [0:1, 0:32, 32:64] : (tensor<1x32x64xf32>) -> tensor<1x32x32xf32>
    %55 = stablehlo.transpose %arg4, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %56 = stablehlo.dot_general %47, %55, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %57 = stablehlo.broadcast_in_dim %arg5, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %58 = stablehlo.add %56, %57 : tensor<32x32xf32>
    %59 = stablehlo.reshape %58 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %60 = stablehlo.reshape %59 : (tensor<1x32x32xf32>) -> tensor<1x32x4x8xf32>
    %61 = stablehlo.transpose %60, dims = [0, 2, 1, 3] : (tensor<1x32x4x8xf32>) -> tensor<1x4x32x8xf32>
    %62 = stablehlo.reshape %53 : (tensor<1x32x32xf32>) -> tensor<1x32x4x8xf32>
    %63 = stablehlo.transpose %62, dims = [0, 2, 1, 3] : (tensor<1x32x4x8xf32>) -> tensor<1x4x32x8xf32>
    %64 = stablehlo.reshape %54 : (tensor<1x32x32xf32>) -> tensor<1x32x4x8xf32>
    %65 = stablehlo.transpose %64, dims = [0, 2, 1, 3] : (tensor<1x32x4x8xf32>) -> tensor<1x4x32x8xf32>
    %66 = stablehlo.transpose %63, dims = [0, 1, 3, 2] : (tensor<1x4x32x8xf32>) -> tensor<1x4x8x32xf32>
    %67 = stablehlo.reshape %61 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %68 = stablehlo.reshape %66 : (tensor<1x4x8x32xf32>) -> tensor<4x8x32xf32>
    %69 = stablehlo.broadcast_in_dim %68, dims = [0, 1, 2] : (tensor<4x8x32xf32>) -> tensor<4x8x32xf32>
    %70 = stablehlo.dot_general %67, %69, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x8xf32>, tensor<4x8x32xf32>) -> tensor<4x32x32xf32>
    %71 = stablehlo.reshape %70 : (tensor<4x32x32xf32>) -> tensor<1x4x32x32xf32>
    %72 = stablehlo.convert %cst_23 : (tensor<1xf64>) -> tensor<1xf32>
    %73 = stablehlo.reshape %72 : (tensor<1xf32>) -> tensor<f32>
    %74 = stablehlo.broadcast_in_dim %73, dims = [] : (tensor<f32>) -> tensor<1x4x32x32xf32>
    %75 = stablehlo.multiply %71, %74 : tensor<1x4x32x32xf32>
    %76 = stablehlo.reshape %19 : (tensor<32xi64>) -> tensor<32x1xi64>
    %77 = stablehlo.reshape %19 : (tensor<32xi64>) -> tensor<1x32xi64>
    %78 = stablehlo.broadcast_in_dim %76, dims = [0, 1] : (tensor<32x1xi64>) -> tensor<32x32xi64>
    %79 = stablehlo.broadcast_in_dim %77, dims = [0, 1] : (tensor<1x32xi64>) -> tensor<32x32xi64>
    %80 = stablehlo.compare GE, %78, %79, SIGNED : (tensor<32x32xi64>, tensor<32x32xi64>) -> tensor<32x32xi1>
    %81 = stablehlo.not %80 : tensor<32x32xi1>
    %82 = stablehlo.reshape %81 : (tensor<32x32xi1>) -> tensor<1x1x32x32xi1>
    %83 = stablehlo.broadcast_in_dim %82, dims = [0, 1, 2, 3] : (tensor<1x1x32x32xi1>) -> tensor<1x4x32x32xi1>
    %84 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x4x32x32xf32>
    %85 = stablehlo.broadcast_in_dim %75, dims = [0, 1, 2, 3] : (tensor<1x4x32x32xf32>) -> tensor<1x4x32x32xf32>
    %86 = stablehlo.select %83, %84, %85 : tensor<1x4x32x32xi1>, tensor<1x4x32x32xf32>
    %87 = stablehlo.reduce(%86 init: %cst) applies stablehlo.maximum across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %88 = stablehlo.reshape %87 : (tensor<1x4x32xf32>) -> tensor<1x4x32x1xf32>
    %89 = stablehlo.broadcast_in_dim %88, dims = [0, 1, 2, 3] : (tensor<1x4x32x1xf32>) -> tensor<1x4x32x32xf32>
    %90 = stablehlo.subtract %86, %89 : tensor<1x4x32x32xf32>
    %91 = stablehlo.exponential %90 : tensor<1x4x32x32xf32>
    %92 = stablehlo.reduce(%91 init: %cst_0) applies stablehlo.add across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %93 = stablehlo.reshape %92 : (tensor<1x4x32xf32>) -> tensor<1x4x32x1xf32>
    %94 = stablehlo.broadcast_in_dim %93, dims = [0, 1, 2, 3] : (tensor<1x4x32x1xf32>) -> tensor<1x4x32x32xf32>
    %95 = stablehlo.divide %91, %94 : tensor<1x4x32x32xf32>
    %96 = stablehlo.reshape %95 : (tensor<1x4x32x32xf32>) -> tensor<4x32x32xf32>
    %97 = stablehlo.reshape %65 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %98 = stablehlo.broadcast_in_dim %97, dims = [0, 1, 2] : (tensor<4x32x8xf32>) -> tensor<4x32x8xf32>
    %99 = stablehlo.dot_general %96, %98, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x32xf32>, tensor<4x32x8xf32>) -> tensor<4x32x8xf32>
    %100 = stablehlo.reshape %99 : (tensor<4x32x8xf32>) -> tensor<1x4x32x8xf32>
    %101 = stablehlo.transpose %100, dims = [0, 2, 1, 3] : (tensor<1x4x32x8xf32>) -> tensor<1x32x4x8xf32>
    %102 = stablehlo.reshape %101 : (tensor<1x32x4x8xf32>) -> tensor<1x32x32xf32>
    %103 = stablehlo.reshape %102 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %104 = stablehlo.transpose %arg8, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %105 = stablehlo.dot_general %103, %104, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %106 = stablehlo.broadcast_in_dim %arg9, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %107 = stablehlo.add %105, %106 : tensor<32x32xf32>
    %108 = stablehlo.reshape %107 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %109 = stablehlo.add %23, %108 : tensor<1x32x32xf32>
    %110 = stablehlo.reduce(%109 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %111 = stablehlo.reshape %110 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %112 = stablehlo.divide %111, %28 : tensor<1x32x1xf32>
    %113 = stablehlo.broadcast_in_dim %112, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %114 = stablehlo.subtract %109, %113 : tensor<1x32x32xf32>
    %115 = stablehlo.multiply %114, %114 : tensor<1x32x32xf32>
    %116 = stablehlo.reduce(%115 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %117 = stablehlo.reshape %116 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %118 = stablehlo.divide %117, %28 : tensor<1x32x1xf32>
    %119 = stablehlo.add %118, %38 : tensor<1x32x1xf32>
    %120 = stablehlo.rsqrt %119 : tensor<1x32x1xf32>
    %121 = stablehlo.broadcast_in_dim %120, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %122 = stablehlo.multiply %114, %121 : tensor<1x32x32xf32>
    %123 = stablehlo.broadcast_in_dim %arg10, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %124 = stablehlo.multiply %122, %123 : tensor<1x32x32xf32>
    %125 = stablehlo.broadcast_in_dim %arg11, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %126 = stablehlo.add %124, %125 : tensor<1x32x32xf32>
    %127 = stablehlo.reshape %126 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %128 = stablehlo.transpose %arg12, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %129 = stablehlo.dot_general %127, %128, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x128xf32>) -> tensor<32x128xf32>
    %130 = stablehlo.broadcast_in_dim %arg13, dims = [1] : (tensor<128xf32>) -> tensor<32x128xf32>
    %131 = stablehlo.add %129, %130 : tensor<32x128xf32>
    %132 = stablehlo.reshape %131 : (tensor<32x128xf32>) -> tensor<1x32x128xf32>
    %133 = stablehlo.multiply %132, %cst_3 : tensor<1x32x128xf32>
    %134 = stablehlo.rsqrt %cst_2 : tensor<1x32x128xf32>
    %135 = stablehlo.multiply %132, %134 : tensor<1x32x128xf32>
    %136 = stablehlo.clamp %cst_4, %135, %cst_5 : tensor<1x32x128xf32>
    %137 = stablehlo.multiply %136, %136 : tensor<1x32x128xf32>
    %138 = stablehlo.multiply %cst_6, %137 : tensor<1x32x128xf32>
    %139 = stablehlo.add %138, %cst_7 : tensor<1x32x128xf32>
    %140 = stablehlo.multiply %139, %137 : tensor<1x32x128xf32>
    %141 = stablehlo.add %140, %cst_8 : tensor<1x32x128xf32>
    %142 = stablehlo.multiply %141, %137 : tensor<1x32x128xf32>
    %143 = stablehlo.add %142, %cst_9 : tensor<1x32x128xf32>
    %144 = stablehlo.multiply %143, %137 : tensor<1x32x128xf32>
    %145 = stablehlo.add %144, %cst_10 : tensor<1x32x128xf32>
    %146 = stablehlo.multiply %145, %137 : tensor<1x32x128xf32>
    %147 = stablehlo.add %146, %cst_11 : tensor<1x32x128xf32>
    %148 = stablehlo.multiply %147, %137 : tensor<1x32x128xf32>
    %149 = stablehlo.add %148, %cst_12 : tensor<1x32x128xf32>
    %150 = stablehlo.multiply %cst_13, %137 : tensor<1x32x128xf32>
    %151 = stablehlo.add %150, %cst_14 : tensor<1x32x128xf32>
    %152 = stablehlo.multiply %151, %137 : tensor<1x32x128xf32>
    %153 = stablehlo.add %152, %cst_15 : tensor<1x32x128xf32>
    %154 = stablehlo.multiply %153, %137 : tensor<1x32x128xf32>
    %155 = stablehlo.add %154, %cst_16 : tensor<1x32x128xf32>
    %156 = stablehlo.multiply %155, %137 : tensor<1x32x128xf32>
    %157 = stablehlo.add %156, %cst_17 : tensor<1x32x128xf32>
    %158 = stablehlo.multiply %136, %149 : tensor<1x32x128xf32>
    %159 = stablehlo.divide %158, %157 : tensor<1x32x128xf32>
    %160 = stablehlo.clamp %cst_18, %159, %cst_1 : tensor<1x32x128xf32>
    %161 = stablehlo.add %160, %cst_1 : tensor<1x32x128xf32>
    %162 = stablehlo.multiply %161, %133 : tensor<1x32x128xf32>
    %163 = stablehlo.reshape %162 : (tensor<1x32x128xf32>) -> tensor<32x128xf32>
    %164 = stablehlo.transpose %arg14, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %165 = stablehlo.dot_general %163, %164, contracting_dims = [1] x [0] : (tensor<32x128xf32>, tensor<128x32xf32>) -> tensor<32x32xf32>
    %166 = stablehlo.broadcast_in_dim %arg15, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %167 = stablehlo.add %165, %166 : tensor<32x32xf32>
    %168 = stablehlo.reshape %167 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %169 = stablehlo.add %109, %168 : tensor<1x32x32xf32>
    %170 = stablehlo.reduce(%169 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %171 = stablehlo.reshape %170 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %172 = stablehlo.divide %171, %28 : tensor<1x32x1xf32>
    %173 = stablehlo.broadcast_in_dim %172, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %174 = stablehlo.subtract %169, %173 : tensor<1x32x32xf32>
    %175 = stablehlo.multiply %174, %174 : tensor<1x32x32xf32>
    %176 = stablehlo.reduce(%175 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %177 = stablehlo.reshape %176 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %178 = stablehlo.divide %177, %28 : tensor<1x32x1xf32>
    %179 = stablehlo.add %178, %38 : tensor<1x32x1xf32>
    %180 = stablehlo.rsqrt %179 : tensor<1x32x1xf32>
    %181 = stablehlo.broadcast_in_dim %180, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %182 = stablehlo.multiply %174, %181 : tensor<1x32x32xf32>
    %183 = stablehlo.broadcast_in_dim %arg16, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %184 = stablehlo.multiply %182, %183 : tensor<1x32x32xf32>
    %185 = stablehlo.broadcast_in_dim %arg17, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %186 = stablehlo.add %184, %185 : tensor<1x32x32xf32>
    %187 = stablehlo.reshape %186 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %188 = stablehlo.transpose %arg20, dims = [1, 0] : (tensor<64x32xf32>) -> tensor<32x64xf32>
    %189 = stablehlo.dot_general %187, %188, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x64xf32>) -> tensor<32x64xf32>
    %190 = stablehlo.broadcast_in_dim %arg21, dims = [1] : (tensor<64xf32>) -> tensor<32x64xf32>
    %191 = stablehlo.add %189, %190 : tensor<32x64xf32>
    %192 = stablehlo.reshape %191 : (tensor<32x64xf32>) -> tensor<1x32x64xf32>
    %193 = stablehlo.slice %192 [0:1, 0:32, 0:32] : (tensor<1x32x64xf32>) -> tensor<1x32x32xf32>
    %194 = stablehlo.slice %192 [0:1, 0:32, 32:64] : (tensor<1x32x64xf32>) -> tensor<1x32x32xf32>
    %195 = stablehlo.transpose %arg18, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %196 = stablehlo.dot_general %187, %195, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %197 = stablehlo.broadcast_in_dim %arg19, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %198 = stablehlo.add %196, %197 : tensor<32x32xf32>
    %199 = stablehlo.reshape %198 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %200 = stablehlo.reshape %199 : (tensor<1x32x32xf32>) -> tensor<1x32x4x8xf32>
    %201 = stablehlo.transpose %200, dims = [0, 2, 1, 3] : (tensor<1x32x4x8xf32>) -> tensor<1x4x32x8xf32>
    %202 = stablehlo.reshape %193 : (tensor<1x32x32xf32>) -> tensor<1x32x4x8xf32>
    %203 = stablehlo.transpose %202, dims = [0, 2, 1, 3] : (tensor<1x32x4x8xf32>) -> tensor<1x4x32x8xf32>
    %204 = stablehlo.reshape %194 : (tensor<1x32x32xf32>) -> tensor<1x32x4x8xf32>
    %205 = stablehlo.transpose %204, dims = [0, 2, 1, 3] : (tensor<1x32x4x8xf32>) -> tensor<1x4x32x8xf32>
    %206 = stablehlo.transpose %203, dims = [0, 1, 3, 2] : (tensor<1x4x32x8xf32>) -> tensor<1x4x8x32xf32>
    %207 = stablehlo.reshape %201 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %208 = stablehlo.reshape %206 : (tensor<1x4x8x32xf32>) -> tensor<4x8x32xf32>
    %209 = stablehlo.broadcast_in_dim %208, dims = [0, 1, 2] : (tensor<4x8x32xf32>) -> tensor<4x8x32xf32>
    %210 = stablehlo.dot_general %207, %209, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x8xf32>, tensor<4x8x32xf32>) -> tensor<4x32x32xf32>
    %211 = stablehlo.reshape %210 : (tensor<4x32x32xf32>) -> tensor<1x4x32x32xf32>
    %212 = stablehlo.multiply %211, %74 : tensor<1x4x32x32xf32>
    %213 = stablehlo.broadcast_in_dim %212, dims = [0, 1, 2, 3] : (tensor<1x4x32x32xf32>) -> tensor<1x4x32x32xf32>
    %214 = stablehlo.select %83, %84, %213 : tensor<1x4x32x32xi1>, tensor<1x4x32x32xf32>
    %215 = stablehlo.reduce(%214 init: %cst) applies stablehlo.maximum across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %216 = stablehlo.reshape %215 : (tensor<1x4x32xf32>) -> tensor<1x4x32x1xf32>
    %217 = stablehlo.broadcast_in_dim %216, dims = [0, 1, 2, 3] : (tensor<1x4x32x1xf32>) -> tensor<1x4x32x32xf32>
    %218 = stablehlo.subtract %214, %217 : tensor<1x4x32x32xf32>
    %219 = stablehlo.exponential %218 : tensor<1x4x32x32xf32>
    %220 = stablehlo.reduce(%219 init: %cst_0) applies stablehlo.add across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %221 = stablehlo.reshape %220 : (tensor<1x4x32xf32>) -> tensor<1x4x32x1xf32>
    %222 = stablehlo.broadcast_in_dim %221, dims = [0, 1, 2, 3] : (tensor<1x4x32x1xf32>) -> tensor<1x4x32x32xf32>
    %223 = stablehlo.divide %219, %222 : tensor<1x4x32x32xf32>
    %224 = stablehlo.reshape %223 : (tensor<1x4x32x32xf32>) -> tensor<4x32x32xf32>
    %225 = stablehlo.reshape %205 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %226 = stablehlo.broadcast_in_dim %225, dims = [0, 1, 2] : (tensor<4x32x8xf32>) -> tensor<4x32x8xf32>
    %227 = stablehlo.dot_general %224, %226, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x32xf32>, tensor<4x32x8xf32>) -> tensor<4x32x8xf32>
    %228 = stablehlo.reshape %227 : (tensor<4x32x8xf32>) -> tensor<1x4x32x8xf32>
    %229 = stablehlo.transpose %228, dims = [0, 2, 1, 3] : (tensor<1x4x32x8xf32>) -> tensor<1x32x4x8xf32>
    %230 = stablehlo.reshape %229 : (tensor<1x32x4x8xf32>) -> tensor<1x32x32xf32>
    %231 = stablehlo.reshape %230 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %232 = stablehlo.transpose %arg22, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %233 = stablehlo.dot_general %231, %232, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %234 = stablehlo.broadcast_in_dim %arg23, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %235 = stablehlo.add %233, %234 : tensor<32x32xf32>
    %236 = stablehlo.reshape %235 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %237 = stablehlo.add %169, %236 : tensor<1x32x32xf32>
    %238 = stablehlo.reduce(%237 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %239 = stablehlo.reshape %238 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %240 = stablehlo.divide %239, %28 : tensor<1x32x1xf32>
    %241 = stablehlo.broadcast_in_dim %240, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %242 = stablehlo.subtract %237, %241 : tensor<1x32x32xf32>
    %243 = stablehlo.multiply %242, %242 : tensor<1x32x32xf32>
    %244 = stablehlo.reduce(%243 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %245 = stablehlo.reshape %244 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %246 = stablehlo.divide %245, %28 : tensor<1x32x1xf32>
    %247 = stablehlo.add %246, %38 : tensor<1x32x1xf32>
    %248 = stablehlo.rsqrt %247 : tensor<1x32x1xf32>
    %249 = stablehlo.broadcast_in_dim %248, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %250 = stablehlo.multiply %242, %249 : tensor<1x32x32xf32>
    %251 = stablehlo.broadcast_in_dim %arg24, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %252 = stablehlo.multiply %250, %251 : tensor<1x32x32xf32>
    %253 = stablehlo.broadcast_in_dim %arg25, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %254 = stablehlo.add %252, %253 : tensor<1x32x32xf32>
    %255 = stablehlo.reshape %254 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %256 = stablehlo.transpose %arg26, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %257 = stablehlo.dot_general %255, %256, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x128xf32>) -> tensor<32x128xf32>
    %258 = stablehlo.broadcast_in_dim %arg27, dims = [1] : (tensor<128xf32>) -> tensor<32x128xf32>
    %259 = stablehlo.add %257, %258 : tensor<32x128xf32>
    %260 = stablehlo.reshape %259 : (tensor<32x128xf32>) -> tensor<1x32x128xf32>
    %261 = stablehlo.multiply %260, %cst_3 : tensor<1x32x128xf32>
    %262 = stablehlo.multiply %260, %134 : tensor<1x32x128xf32>
    %263 = stablehlo.clamp %cst_4, %262, %cst_5 : tensor<1x32x128xf32>
    %264 = stablehlo.multiply %263, %263 : tensor<1x32x128xf32>
    %265 = stablehlo.multiply %cst_6, %264 : tensor<1x32x128xf32>
    %266 = stablehlo.add %265, %cst_7 : tensor<1x32x128xf32>
    %267 = stablehlo.multiply %266, %264 : tensor<1x32x128xf32>
    %268 = stablehlo.add %267, %cst_8 : tensor<1x32x128xf32>
    %269 = stablehlo.multiply %268, %264 : tensor<1x32x128xf32>
    %270 = stablehlo.add %269, %cst_9 : tensor<1x32x128xf32>
    %271 = stablehlo.multiply %270, %264 : tensor<1x32x128xf32>
    %272 = stablehlo.add %271, %cst_10 : tensor<1x32x128xf32>
    %273 = stablehlo.multiply %272, %264 : tensor<1x32x128xf32>
    %274 = stablehlo.add %273, %cst_11 : tensor<1x32x128xf32>
    %275 = stablehlo.multiply %274, %264 : tensor<1x32x128xf32>
    %276 = stablehlo.add %275, %cst_12 : tensor<1x32x128xf32>
    %277 = stablehlo.multiply %cst_13, %264 : tensor<1x32x128xf32>
    %278 = stablehlo.add %277, %cst_14 : tensor<1x32x128xf32>
    %279 = stablehlo.multiply %278, %264 : tensor<1x32x128xf32>
    %280 = stablehlo.add %279, %cst_15 : tensor<1x32x128xf32>
    %281 = stablehlo.multiply %280, %264 : tensor<1x32x128xf32>
    %282 = stablehlo.add %281, %cst_16 : tensor<1x32x128xf32>
    %283 = stablehlo.multiply %282, %264 : tensor<1x32x128xf32>
    %284 = stablehlo.add %283, %cst_17 : tensor<1x32x128xf32>
    %285 = stablehlo.multiply %263, %276 : tensor<1x32x128xf32>
    %286 = stablehlo.divide %285, %284 : tensor<1x32x128xf32>
    %287 = stablehlo.clamp %cst_18, %286, %cst_1 : tensor<1x32x128xf32>
    %288 = stablehlo.add %287, %cst_1 : tensor<1x32x128xf32>
    %289 = stablehlo.multiply %288, %261 : tensor<1x32x128xf32>
    %290 = stablehlo.reshape %289 : (tensor<1x32x128xf32>) -> tensor<32x128xf32>
    %291 = stablehlo.transpose %arg28, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %292 = stablehlo.dot_general %290, %291, contracting_dims = [1] x [0] : (tensor<32x128xf32>, tensor<128x32xf32>) -> tensor<32x32xf32>
    %293 = stablehlo.broadcast_in_dim %arg29, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %294 = stablehlo.add %292, %293 : tensor<32x32xf32>
    %295 = stablehlo.reshape %294 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %296 = stablehlo.add %237, %295 : tensor<1x32x32xf32>
    %297 = stablehlo.reduce(%296 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %298 = stablehlo.reshape %297 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %299 = stablehlo.divide %298, %28 : tensor<1x32x1xf32>
    %300 = stablehlo.broadcast_in_dim %299, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %301 = stablehlo.subtract %296, %300 : tensor<1x32x32xf32>
    %302 = stablehlo.multiply %301, %301 : tensor<1x32x32xf32>
    %303 = stablehlo.reduce(%302 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %304 = stablehlo.reshape %303 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %305 = stablehlo.divide %304, %28 : tensor<1x32x1xf32>
    %306 = stablehlo.add %305, %38 : tensor<1x32x1xf32>
    %307 = stablehlo.rsqrt %306 : tensor<1x32x1xf32>
    %308 = stablehlo.broadcast_in_dim %307, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %309 = stablehlo.multiply %301, %308 : tensor<1x32x32xf32>
    %310 = stablehlo.broadcast_in_dim %arg30, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %311 = stablehlo.multiply %309, %310 : tensor<1x32x32xf32>
    %312 = stablehlo.broadcast_in_dim %arg31, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %313 = stablehlo.add %311, %312 : tensor<1x32x32xf32>
    %314 = stablehlo.transpose %arg0, dims = [1, 0] : (tensor<65x32xf32>) -> tensor<32x65xf32>
    %315 = stablehlo.reshape %313 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %316 = stablehlo.dot_general %315, %314, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x65xf32>) -> tensor<32x65xf32>
    %317 = stablehlo.reshape %316 : (tensor<32x65xf32>) -> tensor<1x32x65xf32>
    return %317 : tensor<1x32x65xf32>
  }
}
