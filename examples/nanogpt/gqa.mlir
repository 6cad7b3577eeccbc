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
    %cst_7 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %cst_8 = stablehlo.constant dense<1.000000e+00> : tensor<4x32x128xf32>
    %cst_9 = stablehlo.constant dense<2.000000e+00> : tensor<4x32x128xf32>
    %cst_10 = stablehlo.constant dense<5.000000e-01> : tensor<4x32x128xf32>
    %cst_11 = stablehlo.constant dense<-4.000000e+00> : tensor<4x32x128xf32>
    %cst_12 = stablehlo.constant dense<4.000000e+00> : tensor<4x32x128xf32>
    %cst_13 = stablehlo.constant dense<-2.72614237E-10> : tensor<4x32x128xf32>
    %cst_14 = stablehlo.constant dense<2.77068146E-8> : tensor<4x32x128xf32>
    %cst_15 = stablehlo.constant dense<-2.10102394E-6> : tensor<4x32x128xf32>
    %cst_16 = stablehlo.constant dense<-5.69250624E-5> : tensor<4x32x128xf32>
    %cst_17 = stablehlo.constant dense<-7.34990637E-4> : tensor<4x32x128xf32>
    %cst_18 = stablehlo.constant dense<-2.954600e-03> : tensor<4x32x128xf32>
    %cst_19 = stablehlo.constant dense<-0.0160960332> : tensor<4x32x128xf32>
    %cst_20 = stablehlo.constant dense<-1.45660715E-5> : tensor<4x32x128xf32>
    %cst_21 = stablehlo.constant dense<-2.13374049E-4> : tensor<4x32x128xf32>
    %cst_22 = stablehlo.constant dense<-0.00168282702> : tensor<4x32x128xf32>
    %cst_23 = stablehlo.constant dense<-0.00737332925> : tensor<4x32x128xf32>
    %cst_24 = stablehlo.constant dense<-0.0142647391> : tensor<4x32x128xf32>
    %cst_25 = stablehlo.constant dense<-1.000000e+00> : tensor<4x32x128xf32>
    %cst_26 = arith.constant dense<32> : tensor<1xi64>
    %cst_27 = arith.constant dense<1> : tensor<1xi64>
    %cst_28 = arith.constant dense<1.000000e-05> : tensor<1xf64>
    %cst_29 = arith.constant dense<0.35355339059327373> : tensor<1xf64>
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
    %15 = stablehlo.convert %14 : (tensor<4x32x32xf32>) -> tensor<4x32x32xf64>
    %16 = stablehlo.reduce(%15 init: %cst_7) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf64>, tensor<f64>) -> tensor<4x32xf64>
    %17 = stablehlo.reshape %16 : (tensor<4x32xf64>) -> tensor<4x32x1xf64>
    %18 = stablehlo.convert %cst_26 : (tensor<1xi64>) -> tensor<1xf64>
    %19 = stablehlo.reshape %18 : (tensor<1xf64>) -> tensor<f64>
    %20 = stablehlo.broadcast_in_dim %19, dims = [] : (tensor<f64>) -> tensor<4x32x1xf64>
    %21 = stablehlo.divide %17, %20 : tensor<4x32x1xf64>
    %22 = stablehlo.broadcast_in_dim %21, dims = [0, 1, 2] : (tensor<4x32x1xf64>) -> tensor<4x32x32xf64>
    %23 = stablehlo.subtract %15, %22 : tensor<4x32x32xf64>
    %24 = stablehlo.multiply %23, %23 : tensor<4x32x32xf64>
    %25 = stablehlo.reduce(%24 init: %cst_7) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf64>, tensor<f64>) -> tensor<4x32xf64>
    %26 = stablehlo.reshape %25 : (tensor<4x32xf64>) -> tensor<4x32x1xf64>
    %27 = stablehlo.divide %26, %20 : tensor<4x32x1xf64>
    %28 = stablehlo.convert %27 : (tensor<4x32x1xf64>) -> tensor<4x32x1xf32>
    %29 = stablehlo.reduce(%14 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %30 = stablehlo.reshape %29 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %31 = stablehlo.convert %cst_26 : (tensor<1xi64>) -> tensor<1xf32>
    %32 = stablehlo.reshape %31 : (tensor<1xf32>) -> tensor<f32>
    %33 = stablehlo.broadcast_in_dim %32, dims = [] : (tensor<f32>) -> tensor<4x32x1xf32>
    %34 = stablehlo.divide %30, %33 : tensor<4x32x1xf32>
    %35 = stablehlo.convert %cst_28 : (tensor<1xf64>) -> tensor<1xf32>
    %36 = stablehlo.reshape %35 : (tensor<1xf32>) -> tensor<f32>
    %37 = stablehlo.broadcast_in_dim %36, dims = [] : (tensor<f32>) -> tensor<4x32x1xf32>
    %38 = stablehlo.add %28, %37 : tensor<4x32x1xf32>
    %39 = stablehlo.rsqrt %38 : tensor<4x32x1xf32>
    %40 = stablehlo.broadcast_in_dim %34, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %41 = stablehlo.subtract %14, %40 : tensor<4x32x32xf32>
    %42 = stablehlo.broadcast_in_dim %39, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %43 = stablehlo.multiply %41, %42 : tensor<4x32x32xf32>
    %44 = stablehlo.broadcast_in_dim %arg2, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %45 = stablehlo.multiply %43, %44 : tensor<4x32x32xf32>
    %46 = stablehlo.broadcast_in_dim %arg3, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %47 = stablehlo.add %45, %46 : tensor<4x32x32xf32>
    %48 = stablehlo.reshape %47 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %49 = stablehlo.transpose %arg6, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %50 = stablehlo.dot_general %48, %49, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %51 = stablehlo.convert %cst_27 : (tensor<1xi64>) -> tensor<1xf32>
    %52 = stablehlo.reshape %51 : (tensor<1xf32>) -> tensor<f32>
    %53 = stablehlo.broadcast_in_dim %52, dims = [] : (tensor<f32>) -> tensor<128x32xf32>
    %54 = stablehlo.multiply %50, %53 : tensor<128x32xf32>
    %55 = stablehlo.broadcast_in_dim %arg7, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %56 = stablehlo.multiply %55, %53 : tensor<128x32xf32>
    %57 = stablehlo.add %54, %56 : tensor<128x32xf32>
    %58 = stablehlo.reshape %57 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %59 = stablehlo.slice %58 [0:4, 0:32, 0:16] : (tensor<4x32x32xf32>) -> tensor<4x32x16xf32>
    %60 = stablehlo.slice %58 [0:4, 0:32, 16:32] : (tensor<4x32x32xf32>) -> tensor<4x32x16xf32>
    %61 = stablehlo.transpose %arg4, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %62 = stablehlo.dot_general %48, %61, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %63 = stablehlo.multiply %62, %53 : tensor<128x32xf32>
    %64 = stablehlo.broadcast_in_dim %arg5, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %65 = stablehlo.multiply %64, %53 : tensor<128x32xf32>
    %66 = stablehlo.add %63, %65 : tensor<128x32xf32>
    %67 = stablehlo.reshape %66 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %68 = stablehlo.reshape %67 : (tensor<4x32x32xf32>) -> tensor<4x32x4x8xf32>
    %69 = stablehlo.transpose %68, dims = [0, 2, 1, 3] : (tensor<4x32x4x8xf32>) -> tensor<4x4x32x8xf32>
    %70 = stablehlo.reshape %59 : (tensor<4x32x16xf32>) -> tensor<4x32x2x8xf32>
    %71 = stablehlo.transpose %70, dims = [0, 2, 1, 3] : (tensor<4x32x2x8xf32>) -> tensor<4x2x32x8xf32>
    %72 = stablehlo.reshape %60 : (tensor<4x32x16xf32>) -> tensor<4x32x2x8xf32>
    %73 = stablehlo.transpose %72, dims = [0, 2, 1, 3] : (tensor<4x32x2x8xf32>) -> tensor<4x2x32x8xf32>
    %74 = stablehlo.reshape %71 : (tensor<4x2x32x8xf32>) -> tensor<4x2x1x32x8xf32>
    %75 = stablehlo.broadcast_in_dim %74, dims = [0, 1, 2, 3, 4] : (tensor<4x2x1x32x8xf32>) -> tensor<4x2x2x32x8xf32>
    %76 = stablehlo.reshape %75 : (tensor<4x2x2x32x8xf32>) -> tensor<4x4x32x8xf32>
    %77 = stablehlo.reshape %73 : (tensor<4x2x32x8xf32>) -> tensor<4x2x1x32x8xf32>
    %78 = stablehlo.broadcast_in_dim %77, dims = [0, 1, 2, 3, 4] : (tensor<4x2x1x32x8xf32>) -> tensor<4x2x2x32x8xf32>
    %79 = stablehlo.reshape %78 : (tensor<4x2x2x32x8xf32>) -> tensor<4x4x32x8xf32>
    %80 = stablehlo.transpose %76, dims = [0, 1, 3, 2] : (tensor<4x4x32x8xf32>) -> tensor<4x4x8x32xf32>
    %81 = stablehlo.reshape %69 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %82 = stablehlo.reshape %80 : (tensor<4x4x8x32xf32>) -> tensor<16x8x32xf32>
    %83 = stablehlo.broadcast_in_dim %82, dims = [0, 1, 2] : (tensor<16x8x32xf32>) -> tensor<16x8x32xf32>
    %84 = stablehlo.dot_general %81, %83, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x8xf32>, tensor<16x8x32xf32>) -> tensor<16x32x32xf32>
    %85 = stablehlo.reshape %84 : (tensor<16x32x32xf32>) -> tensor<4x4x32x32xf32>
    %86 = stablehlo.convert %cst_29 : (tensor<1xf64>) -> tensor<1xf32>
    %87 = stablehlo.reshape %86 : (tensor<1xf32>) -> tensor<f32>
    %88 = stablehlo.broadcast_in_dim %87, dims = [] : (tensor<f32>) -> tensor<4x4x32x32xf32>
    %89 = stablehlo.multiply %85, %88 : tensor<4x4x32x32xf32>
    %90 = stablehlo.reshape %10 : (tensor<32xi64>) -> tensor<32x1xi64>
    %91 = stablehlo.reshape %10 : (tensor<32xi64>) -> tensor<1x32xi64>
    %92 = stablehlo.broadcast_in_dim %90, dims = [0, 1] : (tensor<32x1xi64>) -> tensor<32x32xi64>
    %93 = stablehlo.broadcast_in_dim %91, dims = [0, 1] : (tensor<1x32xi64>) -> tensor<32x32xi64>
    %94 = stablehlo.compare GE, %92, %93, SIGNED : (tensor<32x32xi64>, tensor<32x32xi64>) -> tensor<32x32xi1>
    %95 = stablehlo.not %94 : tensor<32x32xi1>
    %96 = stablehlo.reshape %95 : (tensor<32x32xi1>) -> tensor<1x1x32x32xi1>
    %97 = stablehlo.broadcast_in_dim %96, dims = [0, 1, 2, 3] : (tensor<1x1x32x32xi1>) -> tensor<4x4x32x32xi1>
    %98 = stablehlo.broadcast_in_dim %cst_6, dims = [] : (tensor<f32>) -> tensor<4x4x32x32xf32>
    %99 = stablehlo.broadcast_in_dim %89, dims = [0, 1, 2, 3] : (tensor<4x4x32x32xf32>) -> tensor<4x4x32x32xf32>
    %100 = stablehlo.select %97, %98, %99 : tensor<4x4x32x32xi1>, tensor<4x4x32x32xf32>
    %101 = stablehlo.reduce(%100 init: %cst_6) applies stablehlo.maximum across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %102 = stablehlo.reshape %101 : (tensor<4x4x32xf32>) -> tensor<4x4x32x1xf32>
    %103 = stablehlo.broadcast_in_dim %102, dims = [0, 1, 2, 3] : (tensor<4x4x32x1xf32>) -> tensor<4x4x32x32xf32>
    %104 = stablehlo.subtract %100, %103 : tensor<4x4x32x32xf32>
    %105 = stablehlo.exponential %104 : tensor<4x4x32x32xf32>
    %106 = stablehlo.reduce(%105 init: %cst) applies stablehlo.add across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %107 = stablehlo.reshape %106 : (tensor<4x4x32xf32>) -> tensor<4x4x32x1xf32>
    %108 = stablehlo.broadcast_in_dim %107, dims = [0, 1, 2, 3] : (tensor<4x4x32x1xf32>) -> tensor<4x4x32x32xf32>
    %109 = stablehlo.divide %105, %108 : tensor<4x4x32x32xf32>
    %110 = stablehlo.reshape %109 : (tensor<4x4x32x32xf32>) -> tensor<16x32x32xf32>
    %111 = stablehlo.reshape %79 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %112 = stablehlo.broadcast_in_dim %111, dims = [0, 1, 2] : (tensor<16x32x8xf32>) -> tensor<16x32x8xf32>
    %113 = stablehlo.dot_general %110, %112, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x32xf32>, tensor<16x32x8xf32>) -> tensor<16x32x8xf32>
    %114 = stablehlo.reshape %113 : (tensor<16x32x8xf32>) -> tensor<4x4x32x8xf32>
    %115 = stablehlo.transpose %114, dims = [0, 2, 1, 3] : (tensor<4x4x32x8xf32>) -> tensor<4x32x4x8xf32>
    %116 = stablehlo.reshape %115 : (tensor<4x32x4x8xf32>) -> tensor<4x32x32xf32>
    %117 = stablehlo.reshape %116 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %118 = stablehlo.transpose %arg8, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %119 = stablehlo.dot_general %117, %118, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %120 = stablehlo.multiply %119, %53 : tensor<128x32xf32>
    %121 = stablehlo.broadcast_in_dim %arg9, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %122 = stablehlo.multiply %121, %53 : tensor<128x32xf32>
    %123 = stablehlo.add %120, %122 : tensor<128x32xf32>
    %124 = stablehlo.reshape %123 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %125 = stablehlo.add %14, %124 : tensor<4x32x32xf32>
    %126 = stablehlo.convert %125 : (tensor<4x32x32xf32>) -> tensor<4x32x32xf64>
    %127 = stablehlo.reduce(%126 init: %cst_7) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf64>, tensor<f64>) -> tensor<4x32xf64>
    %128 = stablehlo.reshape %127 : (tensor<4x32xf64>) -> tensor<4x32x1xf64>
    %129 = stablehlo.divide %128, %20 : tensor<4x32x1xf64>
    %130 = stablehlo.broadcast_in_dim %129, dims = [0, 1, 2] : (tensor<4x32x1xf64>) -> tensor<4x32x32xf64>
    %131 = stablehlo.subtract %126, %130 : tensor<4x32x32xf64>
    %132 = stablehlo.multiply %131, %131 : tensor<4x32x32xf64>
    %133 = stablehlo.reduce(%132 init: %cst_7) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf64>, tensor<f64>) -> tensor<4x32xf64>
    %134 = stablehlo.reshape %133 : (tensor<4x32xf64>) -> tensor<4x32x1xf64>
    %135 = stablehlo.divide %134, %20 : tensor<4x32x1xf64>
    %136 = stablehlo.convert %135 : (tensor<4x32x1xf64>) -> tensor<4x32x1xf32>
    %137 = stablehlo.reduce(%125 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %138 = stablehlo.reshape %137 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %139 = stablehlo.divide %138, %33 : tensor<4x32x1xf32>
    %140 = stablehlo.add %136, %37 : tensor<4x32x1xf32>
    %141 = stablehlo.rsqrt %140 : tensor<4x32x1xf32>
    %142 = stablehlo.broadcast_in_dim %139, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %143 = stablehlo.subtract %125, %142 : tensor<4x32x32xf32>
    %144 = stablehlo.broadcast_in_dim %141, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %145 = stablehlo.multiply %143, %144 : tensor<4x32x32xf32>
    %146 = stablehlo.broadcast_in_dim %arg10, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %147 = stablehlo.multiply %145, %146 : tensor<4x32x32xf32>
    %148 = stablehlo.broadcast_in_dim %arg11, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %149 = stablehlo.add %147, %148 : tensor<4x32x32xf32>
    %150 = stablehlo.reshape %149 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %151 = stablehlo.transpose %arg12, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %152 = stablehlo.dot_general %150, %151, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x128xf32>) -> tensor<128x128xf32>
    %153 = stablehlo.broadcast_in_dim %52, dims = [] : (tensor<f32>) -> tensor<128x128xf32>
    %154 = stablehlo.multiply %152, %153 : tensor<128x128xf32>
    %155 = stablehlo.broadcast_in_dim %arg13, dims = [1] : (tensor<128xf32>) -> tensor<128x128xf32>
    %156 = stablehlo.multiply %155, %153 : tensor<128x128xf32>
    %157 = stablehlo.add %154, %156 : tensor<128x128xf32>
    %158 = stablehlo.reshape %157 : (tensor<128x128xf32>) -> tensor<4x32x128xf32>
    %159 = stablehlo.multiply %158, %cst_10 : tensor<4x32x128xf32>
    %160 = stablehlo.rsqrt %cst_9 : tensor<4x32x128xf32>
    %161 = stablehlo.multiply %158, %160 : tensor<4x32x128xf32>
    %162 = stablehlo.clamp %cst_11, %161, %cst_12 : tensor<4x32x128xf32>
    %163 = stablehlo.multiply %162, %162 : tensor<4x32x128xf32>
    %164 = stablehlo.multiply %cst_13, %163 : tensor<4x32x128xf32>
    %165 = stablehlo.add %164, %cst_14 : tensor<4x32x128xf32>
    %166 = stablehlo.multiply %165, %163 : tensor<4x32x128xf32>
    %167 = stablehlo.add %166, %cst_15 : tensor<4x32x128xf32>
    %168 = stablehlo.multiply %167, %163 : tensor<4x32x128xf32>
    %169 = stablehlo.add %168, %cst_16 : tensor<4x32x128xf32>
    %170 = stablehlo.multiply %169, %163 : tensor<4x32x128xf32>
    %171 = stablehlo.add %170, %cst_17 : tensor<4x32x128xf32>
    %172 = stablehlo.multiply %171, %163 : tensor<4x32x128xf32>
    %173 = stablehlo.add %172, %cst_18 : tensor<4x32x128xf32>
    %174 = stablehlo.multiply %173, %163 : tensor<4x32x128xf32>
    %175 = stablehlo.add %174, %cst_19 : tensor<4x32x128xf32>
    %176 = stablehlo.multiply %cst_20, %163 : tensor<4x32x128xf32>
    %177 = stablehlo.add %176, %cst_21 : tensor<4x32x128xf32>
    %178 = stablehlo.multiply %177, %163 : tensor<4x32x128xf32>
    %179 = stablehlo.add %178, %cst_22 : tensor<4x32x128xf32>
    %180 = stablehlo.multiply %179, %163 : tensor<4x32x128xf32>
    %181 = stablehlo.add %180, %cst_23 : tensor<4x32x128xf32>
    %182 = stablehlo.multiply %181, %163 : tensor<4x32x128xf32>
    %183 = stablehlo.add %182, %cst_24 : tensor<4x32x128xf32>
    %184 = stablehlo.multiply %162, %175 : tensor<4x32x128xf32>
    %185 = stablehlo.divide %184, %183 : tensor<4x32x128xf32>
    %186 = stablehlo.clamp %cst_25, %185, %cst_8 : tensor<4x32x128xf32>
    %187 = stablehlo.add %186, %cst_8 : tensor<4x32x128xf32>
    %188 = stablehlo.multiply %187, %159 : tensor<4x32x128xf32>
    %189 = stablehlo.reshape %188 : (tensor<4x32x128xf32>) -> tensor<128x128xf32>
    %190 = stablehlo.transpose %arg14, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %191 = stablehlo.dot_general %189, %190, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x32xf32>) -> tensor<128x32xf32>
    %192 = stablehlo.multiply %191, %53 : tensor<128x32xf32>
    %193 = stablehlo.broadcast_in_dim %arg15, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %194 = stablehlo.multiply %193, %53 : tensor<128x32xf32>
    %195 = stablehlo.add %192, %194 : tensor<128x32xf32>
    %196 = stablehlo.reshape %195 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %197 = stablehlo.add %125, %196 : tensor<4x32x32xf32>
    %198 = stablehlo.convert %197 : (tensor<4x32x32xf32>) -> tensor<4x32x32xf64>
    %199 = stablehlo.reduce(%198 init: %cst_7) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf64>, tensor<f64>) -> tensor<4x32xf64>
    %200 = stablehlo.reshape %199 : (tensor<4x32xf64>) -> tensor<4x32x1xf64>
    %201 = stablehlo.divide %200, %20 : tensor<4x32x1xf64>
    %202 = stablehlo.broadcast_in_dim %201, dims = [0, 1, 2] : (tensor<4x32x1xf64>) -> tensor<4x32x32xf64>
    %203 = stablehlo.subtract %198, %202 : tensor<4x32x32xf64>
    %204 = stablehlo.multiply %203, %203 : tensor<4x32x32xf64>
    %205 = stablehlo.reduce(%204 init: %cst_7) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf64>, tensor<f64>) -> tensor<4x32xf64>
    %206 = stablehlo.reshape %205 : (tensor<4x32xf64>) -> tensor<4x32x1xf64>
    %207 = stablehlo.divide %206, %20 : tensor<4x32x1xf64>
    %208 = stablehlo.convert %207 : (tensor<4x32x1xf64>) -> tensor<4x32x1xf32>
    %209 = stablehlo.reduce(%197 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %210 = stablehlo.reshape %209 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %211 = stablehlo.divide %210, %33 : tensor<4x32x1xf32>
    %212 = stablehlo.add %208, %37 : tensor<4x32x1xf32>
    %213 = stablehlo.rsqrt %212 : tensor<4x32x1xf32>
    %214 = stablehlo.broadcast_in_dim %211, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %215 = stablehlo.subtract %197, %214 : tensor<4x32x32xf32>
    %216 = stablehlo.broadcast_in_dim %213, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %217 = stablehlo.multiply %215, %216 : tensor<4x32x32xf32>
    %218 = stablehlo.broadcast_in_dim %arg16, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %219 = stablehlo.multiply %217, %218 : tensor<4x32x32xf32>
    %220 = stablehlo.broadcast_in_dim %arg17, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %221 = stablehlo.add %219, %220 : tensor<4x32x32xf32>
    %222 = stablehlo.reshape %221 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %223 = stablehlo.transpose %arg20, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %224 = stablehlo.dot_general %222, %223, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %225 = stablehlo.multiply %224, %53 : tensor<128x32xf32>
    %226 = stablehlo.broadcast_in_dim %arg21, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %227 = stablehlo.multiply %226, %53 : tensor<128x32xf32>
    %228 = stablehlo.add %225, %227 : tensor<128x32xf32>
    %229 = stablehlo.reshape %228 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %230 = stablehlo.slice %229 [0:4, 0:32, 0:16] : (tensor<4x32x32xf32>) -> tensor<4x32x16xf32>
    %231 = stablehlo.slice %229 [0:4, 0:32, 16:32] : (tensor<4x32x32xf32>) -> tensor<4x32x16xf32>
    %232 = stablehlo.transpose %arg18, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %233 = stablehlo.dot_general %222, %232, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %234 = stablehlo.multiply %233, %53 : tensor<128x32xf32>
    %235 = stablehlo.broadcast_in_dim %arg19, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %236 = stablehlo.multiply %235, %53 : tensor<128x32xf32>
    %237 = stablehlo.add %234, %236 : tensor<128x32xf32>
    %238 = stablehlo.reshape %237 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %239 = stablehlo.reshape %238 : (tensor<4x32x32xf32>) -> tensor<4x32x4x8xf32>
    %240 = stablehlo.transpose %239, dims = [0, 2, 1, 3] : (tensor<4x32x4x8xf32>) -> tensor<4x4x32x8xf32>
    %241 = stablehlo.reshape %230 : (tensor<4x32x16xf32>) -> tensor<4x32x2x8xf32>
    %242 = stablehlo.transpose %241, dims = [0, 2, 1, 3] : (tensor<4x32x2x8xf32>) -> tensor<4x2x32x8xf32>
    %243 = stablehlo.reshape %231 : (tensor<4x32x16xf32>) -> tensor<4x32x2x8xf32>
    %244 = stablehlo.transpose %243, dims = [0, 2, 1, 3] : (tensor<4x32x2x8xf32>) -> tensor<4x2x32x8xf32>
    %245 = stablehlo.reshape %242 : (tensor<4x2x32x8xf32>) -> tensor<4x2x1x32x8xf32>
    %246 = stablehlo.broadcast_in_dim %245, dims = [0, 1, 2, 3, 4] : (tensor<4x2x1x32x8xf32>) -> tensor<4x2x2x32x8xf32>
    %247 = stablehlo.reshape %246 : (tensor<4x2x2x32x8xf32>) -> tensor<4x4x32x8xf32>
    %248 = stablehlo.reshape %244 : (tensor<4x2x32x8xf32>) -> tensor<4x2x1x32x8xf32>
    %249 = stablehlo.broadcast_in_dim %248, dims = [0, 1, 2, 3, 4] : (tensor<4x2x1x32x8xf32>) -> tensor<4x2x2x32x8xf32>
    %250 = stablehlo.reshape %249 : (tensor<4x2x2x32x8xf32>) -> tensor<4x4x32x8xf32>
    %251 = stablehlo.transpose %247, dims = [0, 1, 3, 2] : (tensor<4x4x32x8xf32>) -> tensor<4x4x8x32xf32>
    %252 = stablehlo.reshape %240 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %253 = stablehlo.reshape %251 : (tensor<4x4x8x32xf32>) -> tensor<16x8x32xf32>
    %254 = stablehlo.broadcast_in_dim %253, dims = [0, 1, 2] : (tensor<16x8x32xf32>) -> tensor<16x8x32xf32>
    %255 = stablehlo.dot_general %252, %254, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x8xf32>, tensor<16x8x32xf32>) -> tensor<16x32x32xf32>
    %256 = stablehlo.reshape %255 : (tensor<16x32x32xf32>) -> tensor<4x4x32x32xf32>
    %257 = stablehlo.multiply %256, %88 : tensor<4x4x32x32xf32>
    %258 = stablehlo.broadcast_in_dim %257, dims = [0, 1, 2, 3] : (tensor<4x4x32x32xf32>) -> tensor<4x4x32x32xf32>
    %259 = stablehlo.select %97, %98, %258 : tensor<4x4x32x32xi1>, tensor<4x4x32x32xf32>
    %260 = stablehlo.reduce(%259 init: %cst_6) applies stablehlo.maximum across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %261 = stablehlo.reshape %260 : (tensor<4x4x32xf32>) -> tensor<4x4x32x1xf32>
    %262 = stablehlo.broadcast_in_dim %261, dims = [0, 1, 2, 3] : (tensor<4x4x32x1xf32>) -> tensor<4x4x32x32xf32>
    %263 = stablehlo.subtract %259, %262 : tensor<4x4x32x32xf32>
    %264 = stablehlo.exponential %263 : tensor<4x4x32x32xf32>
    %265 = stablehlo.reduce(%264 init: %cst) applies stablehlo.add across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %266 = stablehlo.reshape %265 : (tensor<4x4x32xf32>) -> tensor<4x4x32x1xf32>
    %267 = stablehlo.broadcast_in_dim %266, dims = [0, 1, 2, 3] : (tensor<4x4x32x1xf32>) -> tensor<4x4x32x32xf32>
    %268 = stablehlo.divide %264, %267 : tensor<4x4x32x32xf32>
    %269 = stablehlo.reshape %268 : (tensor<4x4x32x32xf32>) -> tensor<16x32x32xf32>
    %270 = stablehlo.reshape %250 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %271 = stablehlo.broadcast_in_dim %270, dims = [0, 1, 2] : (tensor<16x32x8xf32>) -> tensor<16x32x8xf32>
    %272 = stablehlo.dot_general %269, %271, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x32xf32>, tensor<16x32x8xf32>) -> tensor<16x32x8xf32>
    %273 = stablehlo.reshape %272 : (tensor<16x32x8xf32>) -> tensor<4x4x32x8xf32>
    %274 = stablehlo.transpose %273, dims = [0, 2, 1, 3] : (tensor<4x4x32x8xf32>) -> tensor<4x32x4x8xf32>
    %275 = stablehlo.reshape %274 : (tensor<4x32x4x8xf32>) -> tensor<4x32x32xf32>
    %276 = stablehlo.reshape %275 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %277 = stablehlo.transpose %arg22, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %278 = stablehlo.dot_general %276, %277, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %279 = stablehlo.multiply %278, %53 : tensor<128x32xf32>
    %280 = stablehlo.broadcast_in_dim %arg23, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %281 = stablehlo.multiply %280, %53 : tensor<128x32xf32>
    %282 = stablehlo.add %279, %281 : tensor<128x32xf32>
    %283 = stablehlo.reshape %282 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %284 = stablehlo.add %197, %283 : tensor<4x32x32xf32>
    %285 = stablehlo.convert %284 : (tensor<4x32x32xf32>) -> tensor<4x32x32xf64>
    %286 = stablehlo.reduce(%285 init: %cst_7) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf64>, tensor<f64>) -> tensor<4x32xf64>
    %287 = stablehlo.reshape %286 : (tensor<4x32xf64>) -> tensor<4x32x1xf64>
    %288 = stablehlo.divide %287, %20 : tensor<4x32x1xf64>
    %289 = stablehlo.broadcast_in_dim %288, dims = [0, 1, 2] : (tensor<4x32x1xf64>) -> tensor<4x32x32xf64>
    %290 = stablehlo.subtract %285, %289 : tensor<4x32x32xf64>
    %291 = stablehlo.multiply %290, %290 : tensor<4x32x32xf64>
    %292 = stablehlo.reduce(%291 init: %cst_7) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf64>, tensor<f64>) -> tensor<4x32xf64>
    %293 = stablehlo.reshape %292 : (tensor<4x32xf64>) -> tensor<4x32x1xf64>
    %294 = stablehlo.divide %293, %20 : tensor<4x32x1xf64>
    %295 = stablehlo.convert %294 : (tensor<4x32x1xf64>) -> tensor<4x32x1xf32>
    %296 = stablehlo.reduce(%284 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %297 = stablehlo.reshape %296 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %298 = stablehlo.divide %297, %33 : tensor<4x32x1xf32>
    %299 = stablehlo.add %295, %37 : tensor<4x32x1xf32>
    %300 = stablehlo.rsqrt %299 : tensor<4x32x1xf32>
    %301 = stablehlo.broadcast_in_dim %298, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %302 = stablehlo.subtract %284, %301 : tensor<4x32x32xf32>
    %303 = stablehlo.broadcast_in_dim %300, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %304 = stablehlo.multiply %302, %303 : tensor<4x32x32xf32>
    %305 = stablehlo.broadcast_in_dim %arg24, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %306 = stablehlo.multiply %304, %305 : tensor<4x32x32xf32>
    %307 = stablehlo.broadcast_in_dim %arg25, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %308 = stablehlo.add %306, %307 : tensor<4x32x32xf32>
    %309 = stablehlo.reshape %308 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %310 = stablehlo.transpose %arg26, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %311 = stablehlo.dot_general %309, %310, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x128xf32>) -> tensor<128x128xf32>
    %312 = stablehlo.multiply %311, %153 : tensor<128x128xf32>
    %313 = stablehlo.broadcast_in_dim %arg27, dims = [1] : (tensor<128xf32>) -> tensor<128x128xf32>
    %314 = stablehlo.multiply %313, %153 : tensor<128x128xf32>
    %315 = stablehlo.add %312, %314 : tensor<128x128xf32>
    %316 = stablehlo.reshape %315 : (tensor<128x128xf32>) -> tensor<4x32x128xf32>
    %317 = stablehlo.multiply %316, %cst_10 : tensor<4x32x128xf32>
    %318 = stablehlo.multiply %316, %160 : tensor<4x32x128xf32>
    %319 = stablehlo.clamp %cst_11, %318, %cst_12 : tensor<4x32x128xf32>
    %320 = stablehlo.multiply %319, %319 : tensor<4x32x128xf32>
    %321 = stablehlo.multiply %cst_13, %320 : tensor<4x32x128xf32>
    %322 = stablehlo.add %321, %cst_14 : tensor<4x32x128xf32>
    %323 = stablehlo.multiply %322, %320 : tensor<4x32x128xf32>
    %324 = stablehlo.add %323, %cst_15 : tensor<4x32x128xf32>
    %325 = stablehlo.multiply %324, %320 : tensor<4x32x128xf32>
    %326 = stablehlo.add %325, %cst_16 : tensor<4x32x128xf32>
    %327 = stablehlo.multiply %326, %320 : tensor<4x32x128xf32>
    %328 = stablehlo.add %327, %cst_17 : tensor<4x32x128xf32>
    %329 = stablehlo.multiply %328, %320 : tensor<4x32x128xf32>
    %330 = stablehlo.add %329, %cst_18 : tensor<4x32x128xf32>
    %331 = stablehlo.multiply %330, %320 : tensor<4x32x128xf32>
    %332 = stablehlo.add %331, %cst_19 : tensor<4x32x128xf32>
    %333 = stablehlo.multiply %cst_20, %320 : tensor<4x32x128xf32>
    %334 = stablehlo.add %333, %cst_21 : tensor<4x32x128xf32>
    %335 = stablehlo.multiply %334, %320 : tensor<4x32x128xf32>
    %336 = stablehlo.add %335, %cst_22 : tensor<4x32x128xf32>
    %337 = stablehlo.multiply %336, %320 : tensor<4x32x128xf32>
    %338 = stablehlo.add %337, %cst_23 : tensor<4x32x128xf32>
    %339 = stablehlo.multiply %338, %320 : tensor<4x32x128xf32>
    %340 = stablehlo.add %339, %cst_24 : tensor<4x32x128xf32>
    %341 = stablehlo.multiply %319, %332 : tensor<4x32x128xf32>
    %342 = stablehlo.divide %341, %340 : tensor<4x32x128xf32>
    %343 = stablehlo.clamp %cst_25, %342, %cst_8 : tensor<4x32x128xf32>
    %344 = stablehlo.add %343, %cst_8 : tensor<4x32x128xf32>
    %345 = stablehlo.multiply %344, %317 : tensor<4x32x128xf32>
    %346 = stablehlo.reshape %345 : (tensor<4x32x128xf32>) -> tensor<128x128xf32>
    %347 = stablehlo.transpose %arg28, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %348 = stablehlo.dot_general %346, %347, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x32xf32>) -> tensor<128x32xf32>
    %349 = stablehlo.multiply %348, %53 : tensor<128x32xf32>
    %350 = stablehlo.broadcast_in_dim %arg29, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %351 = stablehlo.multiply %350, %53 : tensor<128x32xf32>
    %352 = stablehlo.add %349, %351 : tensor<128x32xf32>
    %353 = stablehlo.reshape %352 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %354 = stablehlo.add %284, %353 : tensor<4x32x32xf32>
    %355 = stablehlo.convert %354 : (tensor<4x32x32xf32>) -> tensor<4x32x32xf64>
    %356 = stablehlo.reduce(%355 init: %cst_7) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf64>, tensor<f64>) -> tensor<4x32xf64>
    %357 = stablehlo.reshape %356 : (tensor<4x32xf64>) -> tensor<4x32x1xf64>
    %358 = stablehlo.divide %357, %20 : tensor<4x32x1xf64>
    %359 = stablehlo.broadcast_in_dim %358, dims = [0, 1, 2] : (tensor<4x32x1xf64>) -> tensor<4x32x32xf64>
    %360 = stablehlo.subtract %355, %359 : tensor<4x32x32xf64>
    %361 = stablehlo.multiply %360, %360 : tensor<4x32x32xf64>
    %362 = stablehlo.reduce(%361 init: %cst_7) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf64>, tensor<f64>) -> tensor<4x32xf64>
    %363 = stablehlo.reshape %362 : (tensor<4x32xf64>) -> tensor<4x32x1xf64>
    %364 = stablehlo.divide %363, %20 : tensor<4x32x1xf64>
    %365 = stablehlo.convert %364 : (tensor<4x32x1xf64>) -> tensor<4x32x1xf32>
    %366 = stablehlo.reduce(%354 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %367 = stablehlo.reshape %366 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %368 = stablehlo.divide %367, %33 : tensor<4x32x1xf32>
    %369 = stablehlo.add %365, %37 : tensor<4x32x1xf32>
    %370 = stablehlo.rsqrt %369 : tensor<4x32x1xf32>
    %371 = stablehlo.broadcast_in_dim %368, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %372 = stablehlo.subtract %354, %371 : tensor<4x32x32xf32>
    %373 = stablehlo.broadcast_in_dim %370, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %374 = stablehlo.multiply %372, %373 : tensor<4x32x32xf32>
    %375 = stablehlo.broadcast_in_dim %arg30, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %376 = stablehlo.multiply %374, %375 : tensor<4x32x32xf32>
    %377 = stablehlo.broadcast_in_dim %arg31, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %378 = stablehlo.add %376, %377 : tensor<4x32x32xf32>
    %379 = stablehlo.transpose %arg0, dims = [1, 0] : (tensor<65x32xf32>) -> tensor<32x65xf32>
    %380 = stablehlo.reshape %378 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %381 = stablehlo.dot_general %380, %379, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x65xf32>) -> tensor<128x65xf32>
    %382 = stablehlo.reshape %381 : (tensor<128x65xf32>) -> tensor<4x32x65xf32>
    %383 = stablehlo.reshape %382 : (tensor<4x32x65xf32>) -> tensor<128x65xf32>
    %384 = stablehlo.reshape %arg33 : (tensor<4x32xi64>) -> tensor<128xi64>
    %385 = stablehlo.reduce(%383 init: %cst_6) applies stablehlo.maximum across dimensions = [1] : (tensor<128x65xf32>, tensor<f32>) -> tensor<128xf32>
    %386 = stablehlo.reshape %385 : (tensor<128xf32>) -> tensor<128x1xf32>
    %387 = stablehlo.broadcast_in_dim %386, dims = [0, 1] : (tensor<128x1xf32>) -> tensor<128x65xf32>
    %388 = stablehlo.subtract %383, %387 : tensor<128x65xf32>
    %389 = stablehlo.exponential %388 : tensor<128x65xf32>
    %390 = stablehlo.reduce(%389 init: %cst) applies stablehlo.add across dimensions = [1] : (tensor<128x65xf32>, tensor<f32>) -> tensor<128xf32>
    %391 = stablehlo.reshape %390 : (tensor<128xf32>) -> tensor<128x1xf32>
    %392 = stablehlo.log %391 : tensor<128x1xf32>
    %393 = stablehlo.broadcast_in_dim %392, dims = [0, 1] : (tensor<128x1xf32>) -> tensor<128x65xf32>
    %394 = stablehlo.subtract %388, %393 : tensor<128x65xf32>
    %395 = stablehlo.compare NE, %384, %c_0, SIGNED : (tensor<128xi64>, tensor<128xi64>) -> tensor<128xi1>
    %396 = stablehlo.broadcast_in_dim %395, dims = [0] : (tensor<128xi1>) -> tensor<128xi1>
    %397 = stablehlo.broadcast_in_dim %384, dims = [0] : (tensor<128xi64>) -> tensor<128xi64>
    %398 = stablehlo.select %396, %397, %c : tensor<128xi1>, tensor<128xi64>
    %399 = stablehlo.reshape %398 : (tensor<128xi64>) -> tensor<128x1xi64>
    %400 = stablehlo.iota dim = 0 : tensor<128x1x1xi64>
    %401 = stablehlo.reshape %399 : (tensor<128x1xi64>) -> tensor<128x1x1xi64>
    %402 = stablehlo.concatenate %400, %401, dim = 2 : (tensor<128x1x1xi64>, tensor<128x1x1xi64>) -> tensor<128x1x2xi64>
    %403 = "stablehlo.gather"(%394, %402) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0, 1], start_index_map = [0, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1>}> : (tensor<128x65xf32>, tensor<128x1x2xi64>) -> tensor<128x1xf32>
    %404 = stablehlo.reshape %403 : (tensor<128x1xf32>) -> tensor<128xf32>
    %405 = stablehlo.negate %404 : tensor<128xf32>
    %406 = stablehlo.broadcast_in_dim %405, dims = [0] : (tensor<128xf32>) -> tensor<128xf32>
    %407 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<128xf32>
    %408 = stablehlo.select %396, %406, %407 : tensor<128xi1>, tensor<128xf32>
    %409 = stablehlo.convert %395 : (tensor<128xi1>) -> tensor<128xi64>
    %410 = stablehlo.reduce(%409 init: %c_5) applies stablehlo.add across dimensions = [0] : (tensor<128xi64>, tensor<i64>) -> tensor<i64>
    %411 = stablehlo.convert %410 : (tensor<i64>) -> tensor<f32>
    %412 = stablehlo.reduce(%408 init: %cst) applies stablehlo.add across dimensions = [0] : (tensor<128xf32>, tensor<f32>) -> tensor<f32>
    %413 = stablehlo.divide %412, %411 : tensor<f32>
    return %413 : tensor<f32>
  }
  func.func @logits(%arg0: tensor<65x32xf32> {pcp.name = "wte.weight", pcp.role = "param"}, %arg1: tensor<32x32xf32> {pcp.name = "wpe.weight", pcp.role = "param"}, %arg2: tensor<32xf32> {pcp.name = "blocks.0.norm1.weight", pcp.role = "param"}, %arg3: tensor<32xf32> {pcp.name = "blocks.0.norm1.bias", pcp.role = "param"}, %arg4: tensor<32x32xf32> {pcp.name = "blocks.0.attn.q.weight", pcp.role = "param"}, %arg5: tensor<32xf32> {pcp.name = "blocks.0.attn.q.bias", pcp.role = "param"}, %arg6: tensor<32x32xf32> {pcp.name = "blocks.0.attn.kv.weight", pcp.role = "param"}, %arg7: tensor<32xf32> {pcp.name = "blocks.0.attn.kv.bias", pcp.role = "param"}, %arg8: tensor<32x32xf32> {pcp.name = "blocks.0.attn.out.weight", pcp.role = "param"}, %arg9: tensor<32xf32> {pcp.name = "blocks.0.attn.out.bias", pcp.role = "param"}, %arg10: tensor<32xf32> {pcp.name = "blocks.0.norm2.weight", pcp.role = "param"}, %arg11: tensor<32xf32> {pcp.name = "blocks.0.norm2.bias", pcp.role = "param"}, %arg12: tensor<128x32xf32> {pcp.name = "blocks.0.up.weight", pcp.role = "param"}, %arg13: tensor<128xf32> {pcp.name = "blocks.0.up.bias", pcp.role = "param"}, %arg14: tensor<32x128xf32> {pcp.name = "blocks.0.down.weight", pcp.role = "param"}, %arg15: tensor<32xf32> {pcp.name = "blocks.0.down.bias", pcp.role = "param"}, %arg16: tensor<32xf32> {pcp.name = "blocks.1.norm1.weight", pcp.role = "param"}, %arg17: tensor<32xf32> {pcp.name = "blocks.1.norm1.bias", pcp.role = "param"}, %arg18: tensor<32x32xf32> {pcp.name = "blocks.1.attn.q.weight", pcp.role = "param"}, %arg19: tensor<32xf32> {pcp.name = "blocks.1.attn.q.bias", pcp.role = "param"}, %arg20: tensor<32x32xf32> {pcp.name = "blocks.1.attn.kv.weight", pcp.role = "param"}, %arg21: tensor<32xf32> {pcp.name = "blocks.1.attn.kv.bias", pcp.role = "param"}, %arg22: tensor<32x32xf32> {pcp.name = "blocks.1.attn.out.weight", pcp.role = "param"}, %arg23: tensor<32xf32> {pcp.name = "blocks.1.attn.out.bias", pcp.role = "param"}, %arg24: tensor<32xf32> {pcp.name = "blocks.1.norm2.weight", pcp.role = "param"}, %arg25: tensor<32xf32> {pcp.name = "blocks.1.norm2.bias", pcp.role = "param"}, %arg26: tensor<128x32xf32> {pcp.name = "blocks.1.up.weight", pcp.role = "param"}, %arg27: tensor<128xf32> {pcp.name = "blocks.1.up.bias", pcp.role = "param"}, %arg28: tensor<32x128xf32> {pcp.name = "blocks.1.down.weight", pcp.role = "param"}, %arg29: tensor<32xf32> {pcp.name = "blocks.1.down.bias", pcp.role = "param"}, %arg30: tensor<32xf32> {pcp.name = "norm.weight", pcp.role = "param"}, %arg31: tensor<32xf32> {pcp.name = "norm.bias", pcp.role = "param"}, %arg32: tensor<1x32xi64> {pcp.name = "tokens", pcp.role = "data"}) -> (tensor<1x32x65xf32> {pcp.name = "logits", pcp.role = "aux"}) {
    %cst = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %cst_1 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %cst_2 = stablehlo.constant dense<1.000000e+00> : tensor<1x32x128xf32>
    %cst_3 = stablehlo.constant dense<2.000000e+00> : tensor<1x32x128xf32>
    %cst_4 = stablehlo.constant dense<5.000000e-01> : tensor<1x32x128xf32>
    %cst_5 = stablehlo.constant dense<-4.000000e+00> : tensor<1x32x128xf32>
    %cst_6 = stablehlo.constant dense<4.000000e+00> : tensor<1x32x128xf32>
    %cst_7 = stablehlo.constant dense<-2.72614237E-10> : tensor<1x32x128xf32>
    %cst_8 = stablehlo.constant dense<2.77068146E-8> : tensor<1x32x128xf32>
    %cst_9 = stablehlo.constant dense<-2.10102394E-6> : tensor<1x32x128xf32>
    %cst_10 = stablehlo.constant dense<-5.69250624E-5> : tensor<1x32x128xf32>
    %cst_11 = stablehlo.constant dense<-7.34990637E-4> : tensor<1x32x128xf32>
    %cst_12 = stablehlo.constant dense<-2.954600e-03> : tensor<1x32x128xf32>
    %cst_13 = stablehlo.constant dense<-0.0160960332> : tensor<1x32x128xf32>
    %cst_14 = stablehlo.constant dense<-1.45660715E-5> : tensor<1x32x128xf32>
    %cst_15 = stablehlo.constant dense<-2.13374049E-4> : tensor<1x32x128xf32>
    %cst_16 = stablehlo.constant dense<-0.00168282702> : tensor<1x32x128xf32>
    %cst_17 = stablehlo.constant dense<-0.00737332925> : tensor<1x32x128xf32>
    %cst_18 = stablehlo.constant dense<-0.0142647391> : tensor<1x32x128xf32>
    %cst_19 = stablehlo.constant dense<-1.000000e+00> : tensor<1x32x128xf32>
    %cst_20 = arith.constant dense<0> : tensor<1xi64>
    %cst_21 = arith.constant dense<32> : tensor<1xi64>
    %cst_22 = arith.constant dense<1> : tensor<1xi64>
    %cst_23 = arith.constant dense<1.000000e-05> : tensor<1xf64>
    %cst_24 = arith.constant dense<0.35355339059327373> : tensor<1xf64>
    %0 = "stablehlo.gather"(%arg0, %arg32) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 32>}> : (tensor<65x32xf32>, tensor<1x32xi64>) -> tensor<1x32x32xf32>
    %1 = stablehlo.convert %0 : tensor<1x32x32xf32>
    %2 = stablehlo.convert %cst_20 : tensor<1xi64>
    %3 = stablehlo.reshape %2 : (tensor<1xi64>) -> tensor<i64>
    %4 = stablehlo.convert %cst_21 : tensor<1xi64>
    %5 = stablehlo.reshape %4 : (tensor<1xi64>) -> tensor<i64>
    %6 = stablehlo.convert %cst_22 : tensor<1xi64>
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
    %24 = stablehlo.convert %23 : (tensor<1x32x32xf32>) -> tensor<1x32x32xf64>
    %25 = stablehlo.reduce(%24 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf64>, tensor<f64>) -> tensor<1x32xf64>
    %26 = stablehlo.reshape %25 : (tensor<1x32xf64>) -> tensor<1x32x1xf64>
    %27 = stablehlo.convert %cst_21 : (tensor<1xi64>) -> tensor<1xf64>
    %28 = stablehlo.reshape %27 : (tensor<1xf64>) -> tensor<f64>
    %29 = stablehlo.broadcast_in_dim %28, dims = [] : (tensor<f64>) -> tensor<1x32x1xf64>
    %30 = stablehlo.divide %26, %29 : tensor<1x32x1xf64>
    %31 = stablehlo.broadcast_in_dim %30, dims = [0, 1, 2] : (tensor<1x32x1xf64>) -> tensor<1x32x32xf64>
    %32 = stablehlo.subtract %24, %31 : tensor<1x32x32xf64>
    %33 = stablehlo.multiply %32, %32 : tensor<1x32x32xf64>
    %34 = stablehlo.reduce(%33 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf64>, tensor<f64>) -> tensor<1x32xf64>
    %35 = stablehlo.reshape %34 : (tensor<1x32xf64>) -> tensor<1x32x1xf64>
    %36 = stablehlo.divide %35, %29 : tensor<1x32x1xf64>
    %37 = stablehlo.convert %36 : (tensor<1x32x1xf64>) -> tensor<1x32x1xf32>
    %38 = stablehlo.reduce(%23 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %39 = stablehlo.reshape %38 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %40 = stablehlo.convert %cst_21 : (tensor<1xi64>) -> tensor<1xf32>
    %41 = stablehlo.reshape %40 : (tensor<1xf32>) -> tensor<f32>
    %42 = stablehlo.broadcast_in_dim %41, dims = [] : (tensor<f32>) -> tensor<1x32x1xf32>
    %43 = stablehlo.divide %39, %42 : tensor<1x32x1xf32>
    %44 = stablehlo.convert %cst_23 : (tensor<1xf64>) -> tensor<1xf32>
    %45 = stablehlo.reshape %44 : (tensor<1xf32>) -> tensor<f32>
    %46 = stablehlo.broadcast_in_dim %45, dims = [] : (tensor<f32>) -> tensor<1x32x1xf32>
    %47 = stablehlo.add %37, %46 : tensor<1x32x1xf32>
    %48 = stablehlo.rsqrt %47 : tensor<1x32x1xf32>
    %49 = stablehlo.broadcast_in_dim %43, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %50 = stablehlo.subtract %23, %49 : tensor<1x32x32xf32>
    %51 = stablehlo.broadcast_in_dim %48, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %52 = stablehlo.multiply %50, %51 : tensor<1x32x32xf32>
    %53 = stablehlo.broadcast_in_dim %arg2, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %54 = stablehlo.multiply %52, %53 : tensor<1x32x32xf32>
    %55 = stablehlo.broadcast_in_dim %arg3, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %56 = stablehlo.add %54, %55 : tensor<1x32x32xf32>
    %57 = stablehlo.reshape %56 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %58 = stablehlo.transpose %arg6, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %59 = stablehlo.dot_general %57, %58, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %60 = stablehlo.convert %cst_22 : (tensor<1xi64>) -> tensor<1xf32>
    %61 = stablehlo.reshape %60 : (tensor<1xf32>) -> tensor<f32>
    %62 = stablehlo.broadcast_in_dim %61, dims = [] : (tensor<f32>) -> tensor<32x32xf32>
    %63 = stablehlo.multiply %59, %62 : tensor<32x32xf32>
    %64 = stablehlo.broadcast_in_dim %arg7, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %65 = stablehlo.multiply %64, %62 : tensor<32x32xf32>
    %66 = stablehlo.add %63, %65 : tensor<32x32xf32>
    %67 = stablehlo.reshape %66 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %68 = stablehlo.slice %67 [0:1, 0:32, 0:16] : (tensor<1x32x32xf32>) -> tensor<1x32x16xf32>
    %69 = stablehlo.slice %67 [0:1, 0:32, 16:32] : (tensor<1x32x32xf32>) -> tensor<1x32x16xf32>
    %70 = stablehlo.transpose %arg4, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %71 = stablehlo.dot_general %57, %70, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %72 = stablehlo.multiply %71, %62 : tensor<32x32xf32>
    %73 = stablehlo.broadcast_in_dim %arg5, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %74 = stablehlo.multiply %73, %62 : tensor<32x32xf32>
    %75 = stablehlo.add %72, %74 : tensor<32x32xf32>
    %76 = stablehlo.reshape %75 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %77 = stablehlo.reshape %76 : (tensor<1x32x32xf32>) -> tensor<1x32x4x8xf32>
    %78 = stablehlo.transpose %77, dims = [0, 2, 1, 3] : (tensor<1x32x4x8xf32>) -> tensor<1x4x32x8xf32>
    %79 = stablehlo.reshape %68 : (tensor<1x32x16xf32>) -> tensor<1x32x2x8xf32>
    %80 = stablehlo.transpose %79, dims = [0, 2, 1, 3] : (tensor<1x32x2x8xf32>) -> tensor<1x2x32x8xf32>
    %81 = stablehlo.reshape %69 : (tensor<1x32x16xf32>) -> tensor<1x32x2x8xf32>
    %82 = stablehlo.transpose %81, dims = [0, 2, 1, 3] : (tensor<1x32x2x8xf32>) -> tensor<1x2x32x8xf32>
    %83 = stablehlo.reshape %80 : (tensor<1x2x32x8xf32>) -> tensor<1x2x1x32x8xf32>
    %84 = stablehlo.broadcast_in_dim %83, dims = [0, 1, 2, 3, 4] : (tensor<1x2x1x32x8xf32>) -> tensor<1x2x2x32x8xf32>
    %85 = stablehlo.reshape %84 : (tensor<1x2x2x32x8xf32>) -> tensor<1x4x32x8xf32>
    %86 = stablehlo.reshape %82 : (tensor<1x2x32x8xf32>) -> tensor<1x2x1x32x8xf32>
    %87 = stablehlo.broadcast_in_dim %86, dims = [0, 1, 2, 3, 4] : (tensor<1x2x1x32x8xf32>) -> tensor<1x2x2x32x8xf32>
    %88 = stablehlo.reshape %87 : (tensor<1x2x2x32x8xf32>) -> tensor<1x4x32x8xf32>
    %89 = stablehlo.transpose %85, dims = [0, 1, 3, 2] : (tensor<1x4x32x8xf32>) -> tensor<1x4x8x32xf32>
    %90 = stablehlo.reshape %78 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %91 = stablehlo.reshape %89 : (tensor<1x4x8x32xf32>) -> tensor<4x8x32xf32>
    %92 = stablehlo.broadcast_in_dim %91, dims = [0, 1, 2] : (tensor<4x8x32xf32>) -> tensor<4x8x32xf32>
    %93 = stablehlo.dot_general %90, %92, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x8xf32>, tensor<4x8x32xf32>) -> tensor<4x32x32xf32>
    %94 = stablehlo.reshape %93 : (tensor<4x32x32xf32>) -> tensor<1x4x32x32xf32>
    %95 = stablehlo.convert %cst_24 : (tensor<1xf64>) -> tensor<1xf32>
    %96 = stablehlo.reshape %95 : (tensor<1xf32>) -> tensor<f32>
    %97 = stablehlo.broadcast_in_dim %96, dims = [] : (tensor<f32>) -> tensor<1x4x32x32xf32>
    %98 = stablehlo.multiply %94, %97 : tensor<1x4x32x32xf32>
    %99 = stablehlo.reshape %19 : (tensor<32xi64>) -> tensor<32x1xi64>
    %100 = stablehlo.reshape %19 : (tensor<32xi64>) -> tensor<1x32xi64>
    %101 = stablehlo.broadcast_in_dim %99, dims = [0, 1] : (tensor<32x1xi64>) -> tensor<32x32xi64>
    %102 = stablehlo.broadcast_in_dim %100, dims = [0, 1] : (tensor<1x32xi64>) -> tensor<32x32xi64>
    %103 = stablehlo.compare GE, %101, %102, SIGNED : (tensor<32x32xi64>, tensor<32x32xi64>) -> tensor<32x32xi1>
    %104 = stablehlo.not %103 : tensor<32x32xi1>
    %105 = stablehlo.reshape %104 : (tensor<32x32xi1>) -> tensor<1x1x32x32xi1>
    %106 = stablehlo.broadcast_in_dim %105, dims = [0, 1, 2, 3] : (tensor<1x1x32x32xi1>) -> tensor<1x4x32x32xi1>
    %107 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x4x32x32xf32>
    %108 = stablehlo.broadcast_in_dim %98, dims = [0, 1, 2, 3] : (tensor<1x4x32x32xf32>) -> tensor<1x4x32x32xf32>
    %109 = stablehlo.select %106, %107, %108 : tensor<1x4x32x32xi1>, tensor<1x4x32x32xf32>
    %110 = stablehlo.reduce(%109 init: %cst) applies stablehlo.maximum across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %111 = stablehlo.reshape %110 : (tensor<1x4x32xf32>) -> tensor<1x4x32x1xf32>
    %112 = stablehlo.broadcast_in_dim %111, dims = [0, 1, 2, 3] : (tensor<1x4x32x1xf32>) -> tensor<1x4x32x32xf32>
    %113 = stablehlo.subtract %109, %112 : tensor<1x4x32x32xf32>
    %114 = stablehlo.exponential %113 : tensor<1x4x32x32xf32>
    %115 = stablehlo.reduce(%114 init: %cst_1) applies stablehlo.add across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %116 = stablehlo.reshape %115 : (tensor<1x4x32xf32>) -> tensor<1x4x32x1xf32>
    %117 = stablehlo.broadcast_in_dim %116, dims = [0, 1, 2, 3] : (tensor<1x4x32x1xf32>) -> tensor<1x4x32x32xf32>
    %118 = stablehlo.divide %114, %117 : tensor<1x4x32x32xf32>
    %119 = stablehlo.reshape %118 : (tensor<1x4x32x32xf32>) -> tensor<4x32x32xf32>
    %120 = stablehlo.reshape %88 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %121 = stablehlo.broadcast_in_dim %120, dims = [0, 1, 2] : (tensor<4x32x8xf32>) -> tensor<4x32x8xf32>
    %122 = stablehlo.dot_general %119, %121, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x32xf32>, tensor<4x32x8xf32>) -> tensor<4x32x8xf32>
    %123 = stablehlo.reshape %122 : (tensor<4x32x8xf32>) -> tensor<1x4x32x8xf32>
    %124 = stablehlo.transpose %123, dims = [0, 2, 1, 3] : (tensor<1x4x32x8xf32>) -> tensor<1x32x4x8xf32>
    %125 = stablehlo.reshape %124 : (tensor<1x32x4x8xf32>) -> tensor<1x32x32xf32>
    %126 = stablehlo.reshape %125 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %127 = stablehlo.transpose %arg8, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %128 = stablehlo.dot_general %126, %127, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %129 = stablehlo.multiply %128, %62 : tensor<32x32xf32>
    %130 = stablehlo.broadcast_in_dim %arg9, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %131 = stablehlo.multiply %130, %62 : tensor<32x32xf32>
    %132 = stablehlo.add %129, %131 : tensor<32x32xf32>
    %133 = stablehlo.reshape %132 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %134 = stablehlo.add %23, %133 : tensor<1x32x32xf32>
    %135 = stablehlo.convert %134 : (tensor<1x32x32xf32>) -> tensor<1x32x32xf64>
    %136 = stablehlo.reduce(%135 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf64>, tensor<f64>) -> tensor<1x32xf64>
    %137 = stablehlo.reshape %136 : (tensor<1x32xf64>) -> tensor<1x32x1xf64>
    %138 = stablehlo.divide %137, %29 : tensor<1x32x1xf64>
    %139 = stablehlo.broadcast_in_dim %138, dims = [0, 1, 2] : (tensor<1x32x1xf64>) -> tensor<1x32x32xf64>
    %140 = stablehlo.subtract %135, %139 : tensor<1x32x32xf64>
    %141 = stablehlo.multiply %140, %140 : tensor<1x32x32xf64>
    %142 = stablehlo.reduce(%141 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf64>, tensor<f64>) -> tensor<1x32xf64>
    %143 = stablehlo.reshape %142 : (tensor<1x32xf64>) -> tensor<1x32x1xf64>
    %144 = stablehlo.divide %143, %29 : tensor<1x32x1xf64>
    %145 = stablehlo.convert %144 : (tensor<1x32x1xf64>) -> tensor<1x32x1xf32>
    %146 = stablehlo.reduce(%134 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %147 = stablehlo.reshape %146 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %148 = stablehlo.divide %147, %42 : tensor<1x32x1xf32>
    %149 = stablehlo.add %145, %46 : tensor<1x32x1xf32>
    %150 = stablehlo.rsqrt %149 : tensor<1x32x1xf32>
    %151 = stablehlo.broadcast_in_dim %148, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %152 = stablehlo.subtract %134, %151 : tensor<1x32x32xf32>
    %153 = stablehlo.broadcast_in_dim %150, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %154 = stablehlo.multiply %152, %153 : tensor<1x32x32xf32>
    %155 = stablehlo.broadcast_in_dim %arg10, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %156 = stablehlo.multiply %154, %155 : tensor<1x32x32xf32>
    %157 = stablehlo.broadcast_in_dim %arg11, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %158 = stablehlo.add %156, %157 : tensor<1x32x32xf32>
    %159 = stablehlo.reshape %158 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %160 = stablehlo.transpose %arg12, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %161 = stablehlo.dot_general %159, %160, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x128xf32>) -> tensor<32x128xf32>
    %162 = stablehlo.broadcast_in_dim %61, dims = [] : (tensor<f32>) -> tensor<32x128xf32>
    %163 = stablehlo.multiply %161, %162 : tensor<32x128xf32>
    %164 = stablehlo.broadcast_in_dim %arg13, dims = [1] : (tensor<128xf32>) -> tensor<32x128xf32>
    %165 = stablehlo.multiply %164, %162 : tensor<32x128xf32>
    %166 = stablehlo.add %163, %165 : tensor<32x128xf32>
    %167 = stablehlo.reshape %166 : (tensor<32x128xf32>) -> tensor<1x32x128xf32>
    %168 = stablehlo.multiply %167, %cst_4 : tensor<1x32x128xf32>
    %169 = stablehlo.rsqrt %cst_3 : tensor<1x32x128xf32>
    %170 = stablehlo.multiply %167, %169 : tensor<1x32x128xf32>
    %171 = stablehlo.clamp %cst_5, %170, %cst_6 : tensor<1x32x128xf32>
    %172 = stablehlo.multiply %171, %171 : tensor<1x32x128xf32>
    %173 = stablehlo.multiply %cst_7, %172 : tensor<1x32x128xf32>
    %174 = stablehlo.add %173, %cst_8 : tensor<1x32x128xf32>
    %175 = stablehlo.multiply %174, %172 : tensor<1x32x128xf32>
    %176 = stablehlo.add %175, %cst_9 : tensor<1x32x128xf32>
    %177 = stablehlo.multiply %176, %172 : tensor<1x32x128xf32>
    %178 = stablehlo.add %177, %cst_10 : tensor<1x32x128xf32>
    %179 = stablehlo.multiply %178, %172 : tensor<1x32x128xf32>
    %180 = stablehlo.add %179, %cst_11 : tensor<1x32x128xf32>
    %181 = stablehlo.multiply %180, %172 : tensor<1x32x128xf32>
    %182 = stablehlo.add %181, %cst_12 : tensor<1x32x128xf32>
    %183 = stablehlo.multiply %182, %172 : tensor<1x32x128xf32>
    %184 = stablehlo.add %183, %cst_13 : tensor<1x32x128xf32>
    %185 = stablehlo.multiply %cst_14, %172 : tensor<1x32x128xf32>
    %186 = stablehlo.add %185, %cst_15 : tensor<1x32x128xf32>
    %187 = stablehlo.multiply %186, %172 : tensor<1x32x128xf32>
    %188 = stablehlo.add %187, %cst_16 : tensor<1x32x128xf32>
    %189 = stablehlo.multiply %188, %172 : tensor<1x32x128xf32>
    %190 = stablehlo.add %189, %cst_17 : tensor<1x32x128xf32>
    %191 = stablehlo.multiply %190, %172 : tensor<1x32x128xf32>
    %192 = stablehlo.add %191, %cst_18 : tensor<1x32x128xf32>
    %193 = stablehlo.multiply %171, %184 : tensor<1x32x128xf32>
    %194 = stablehlo.divide %193, %192 : tensor<1x32x128xf32>
    %195 = stablehlo.clamp %cst_19, %194, %cst_2 : tensor<1x32x128xf32>
    %196 = stablehlo.add %195, %cst_2 : tensor<1x32x128xf32>
    %197 = stablehlo.multiply %196, %168 : tensor<1x32x128xf32>
    %198 = stablehlo.reshape %197 : (tensor<1x32x128xf32>) -> tensor<32x128xf32>
    %199 = stablehlo.transpose %arg14, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %200 = stablehlo.dot_general %198, %199, contracting_dims = [1] x [0] : (tensor<32x128xf32>, tensor<128x32xf32>) -> tensor<32x32xf32>
    %201 = stablehlo.multiply %200, %62 : tensor<32x32xf32>
    %202 = stablehlo.broadcast_in_dim %arg15, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %203 = stablehlo.multiply %202, %62 : tensor<32x32xf32>
    %204 = stablehlo.add %201, %203 : tensor<32x32xf32>
    %205 = stablehlo.reshape %204 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %206 = stablehlo.add %134, %205 : tensor<1x32x32xf32>
    %207 = stablehlo.convert %206 : (tensor<1x32x32xf32>) -> tensor<1x32x32xf64>
    %208 = stablehlo.reduce(%207 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf64>, tensor<f64>) -> tensor<1x32xf64>
    %209 = stablehlo.reshape %208 : (tensor<1x32xf64>) -> tensor<1x32x1xf64>
    %210 = stablehlo.divide %209, %29 : tensor<1x32x1xf64>
    %211 = stablehlo.broadcast_in_dim %210, dims = [0, 1, 2] : (tensor<1x32x1xf64>) -> tensor<1x32x32xf64>
    %212 = stablehlo.subtract %207, %211 : tensor<1x32x32xf64>
    %213 = stablehlo.multiply %212, %212 : tensor<1x32x32xf64>
    %214 = stablehlo.reduce(%213 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf64>, tensor<f64>) -> tensor<1x32xf64>
    %215 = stablehlo.reshape %214 : (tensor<1x32xf64>) -> tensor<1x32x1xf64>
    %216 = stablehlo.divide %215, %29 : tensor<1x32x1xf64>
    %217 = stablehlo.convert %216 : (tensor<1x32x1xf64>) -> tensor<1x32x1xf32>
    %218 = stablehlo.reduce(%206 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %219 = stablehlo.reshape %218 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %220 = stablehlo.divide %219, %42 : tensor<1x32x1xf32>
    %221 = stablehlo.add %217, %46 : tensor<1x32x1xf32>
    %222 = stablehlo.rsqrt %221 : tensor<1x32x1xf32>
    %223 = stablehlo.broadcast_in_dim %220, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %224 = stablehlo.subtract %206, %223 : tensor<1x32x32xf32>
    %225 = stablehlo.broadcast_in_dim %222, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %226 = stablehlo.multiply %224, %225 : tensor<1x32x32xf32>
    %227 = stablehlo.broadcast_in_dim %arg16, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %228 = stablehlo.multiply %226, %227 : tensor<1x32x32xf32>
    %229 = stablehlo.broadcast_in_dim %arg17, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %230 = stablehlo.add %228, %229 : tensor<1x32x32xf32>
    %231 = stablehlo.reshape %230 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %232 = stablehlo.transpose %arg20, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %233 = stablehlo.dot_general %231, %232, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %234 = stablehlo.multiply %233, %62 : tensor<32x32xf32>
    %235 = stablehlo.broadcast_in_dim %arg21, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %236 = stablehlo.multiply %235, %62 : tensor<32x32xf32>
    %237 = stablehlo.add %234, %236 : tensor<32x32xf32>
    %238 = stablehlo.reshape %237 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %239 = stablehlo.slice %238 [0:1, 0:32, 0:16] : (tensor<1x32x32xf32>) -> tensor<1x32x16xf32>
    %240 = stablehlo.slice %238 [0:1, 0:32, 16:32] : (tensor<1x32x32xf32>) -> tensor<1x32x16xf32>
    %241 = stablehlo.transpose %arg18, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %242 = stablehlo.dot_general %231, %241, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %243 = stablehlo.multiply %242, %62 : tensor<32x32xf32>
    %244 = stablehlo.broadcast_in_dim %arg19, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %245 = stablehlo.multiply %244, %62 : tensor<32x32xf32>
    %246 = stablehlo.add %243, %245 : tensor<32x32xf32>
    %247 = stablehlo.reshape %246 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %248 = stablehlo.reshape %247 : (tensor<1x32x32xf32>) -> tensor<1x32x4x8xf32>
    %249 = stablehlo.transpose %248, dims = [0, 2, 1, 3] : (tensor<1x32x4x8xf32>) -> tensor<1x4x32x8xf32>
    %250 = stablehlo.reshape %239 : (tensor<1x32x16xf32>) -> tensor<1x32x2x8xf32>
    %251 = stablehlo.transpose %250, dims = [0, 2, 1, 3] : (tensor<1x32x2x8xf32>) -> tensor<1x2x32x8xf32>
    %252 = stablehlo.reshape %240 : (tensor<1x32x16xf32>) -> tensor<1x32x2x8xf32>
    %253 = stablehlo.transpose %252, dims = [0, 2, 1, 3] : (tensor<1x32x2x8xf32>) -> tensor<1x2x32x8xf32>
    %254 = stablehlo.reshape %251 : (tensor<1x2x32x8xf32>) -> tensor<1x2x1x32x8xf32>
    %255 = stablehlo.broadcast_in_dim %254, dims = [0, 1, 2, 3, 4] : (tensor<1x2x1x32x8xf32>) -> tensor<1x2x2x32x8xf32>
    %256 = stablehlo.reshape %255 : (tensor<1x2x2x32x8xf32>) -> tensor<1x4x32x8xf32>
    %257 = stablehlo.reshape %253 : (tensor<1x2x32x8xf32>) -> tensor<1x2x1x32x8xf32>
    %258 = stablehlo.broadcast_in_dim %257, dims = [0, 1, 2, 3, 4] : (tensor<1x2x1x32x8xf32>) -> tensor<1x2x2x32x8xf32>
    %259 = stablehlo.reshape %258 : (tensor<1x2x2x32x8xf32>) -> tensor<1x4x32x8xf32>
    %260 = stablehlo.transpose %256, dims = [0, 1, 3, 2] : (tensor<1x4x32x8xf32>) -> tensor<1x4x8x32xf32>
    %261 = stablehlo.reshape %249 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %262 = stablehlo.reshape %260 : (tensor<1x4x8x32xf32>) -> tensor<4x8x32xf32>
    %263 = stablehlo.broadcast_in_dim %262, dims = [0, 1, 2] : (tensor<4x8x32xf32>) -> tensor<4x8x32xf32>
    %264 = stablehlo.dot_general %261, %263, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x8xf32>, tensor<4x8x32xf32>) -> tensor<4x32x32xf32>
    %265 = stablehlo.reshape %264 : (tensor<4x32x32xf32>) -> tensor<1x4x32x32xf32>
    %266 = stablehlo.multiply %265, %97 : tensor<1x4x32x32xf32>
    %267 = stablehlo.broadcast_in_dim %266, dims = [0, 1, 2, 3] : (tensor<1x4x32x32xf32>) -> tensor<1x4x32x32xf32>
    %268 = stablehlo.select %106, %107, %267 : tensor<1x4x32x32xi1>, tensor<1x4x32x32xf32>
    %269 = stablehlo.reduce(%268 init: %cst) applies stablehlo.maximum across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %270 = stablehlo.reshape %269 : (tensor<1x4x32xf32>) -> tensor<1x4x32x1xf32>
    %271 = stablehlo.broadcast_in_dim %270, dims = [0, 1, 2, 3] : (tensor<1x4x32x1xf32>) -> tensor<1x4x32x32xf32>
    %272 = stablehlo.subtract %268, %271 : tensor<1x4x32x32xf32>
    %273 = stablehlo.exponential %272 : tensor<1x4x32x32xf32>
    %274 = stablehlo.reduce(%273 init: %cst_1) applies stablehlo.add across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %275 = stablehlo.reshape %274 : (tensor<1x4x32xf32>) -> tensor<1x4x32x1xf32>
    %276 = stablehlo.broadcast_in_dim %275, dims = [0, 1, 2, 3] : (tensor<1x4x32x1xf32>) -> tensor<1x4x32x32xf32>
    %277 = stablehlo.divide %273, %276 : tensor<1x4x32x32xf32>
    %278 = stablehlo.reshape %277 : (tensor<1x4x32x32xf32>) -> tensor<4x32x32xf32>
    %279 = stablehlo.reshape %259 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %280 = stablehlo.broadcast_in_dim %279, dims = [0, 1, 2] : (tensor<4x32x8xf32>) -> tensor<4x32x8xf32>
    %281 = stablehlo.dot_general %278, %280, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x32xf32>, tensor<4x32x8xf32>) -> tensor<4x32x8xf32>
    %282 = stablehlo.reshape %281 : (tensor<4x32x8xf32>) -> tensor<1x4x32x8xf32>
    %283 = stablehlo.transpose %282, dims = [0, 2, 1, 3] : (tensor<1x4x32x8xf32>) -> tensor<1x32x4x8xf32>
    %284 = stablehlo.reshape %283 : (tensor<1x32x4x8xf32>) -> tensor<1x32x32xf32>
    %285 = stablehlo.reshape %284 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %286 = stablehlo.transpose %arg22, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %287 = stablehlo.dot_general %285, %286, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %288 = stablehlo.multiply %287, %62 : tensor<32x32xf32>
    %289 = stablehlo.broadcast_in_dim %arg23, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %290 = stablehlo.multiply %289, %62 : tensor<32x32xf32>
    %291 = stablehlo.add %288, %290 : tensor<32x32xf32>
    %292 = stablehlo.reshape %291 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %293 = stablehlo.add %206, %292 : tensor<1x32x32xf32>
    %294 = stablehlo.convert %293 : (tensor<1x32x32xf32>) -> tensor<1x32x32xf64>
    %295 = stablehlo.reduce(%294 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf64>, tensor<f64>) -> tensor<1x32xf64>
    %296 = stablehlo.reshape %295 : (tensor<1x32xf64>) -> tensor<1x32x1xf64>
    %297 = stablehlo.divide %296, %29 : tensor<1x32x1xf64>
    %298 = stablehlo.broadcast_in_dim %297, dims = [0, 1, 2] : (tensor<1x32x1xf64>) -> tensor<1x32x32xf64>
    %299 = stablehlo.subtract %294, %298 : tensor<1x32x32xf64>
    %300 = stablehlo.multiply %299, %299 : tensor<1x32x32xf64>
    %301 = stablehlo.reduce(%300 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf64>, tensor<f64>) -> tensor<1x32xf64>
    %302 = stablehlo.reshape %301 : (tensor<1x32xf64>) -> tensor<1x32x1xf64>
    %303 = stablehlo.divide %302, %29 : tensor<1x32x1xf64>
    %304 = stablehlo.convert %303 : (tensor<1x32x1xf64>) -> tensor<1x32x1xf32>
    %305 = stablehlo.reduce(%293 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %306 = stablehlo.reshape %305 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %307 = stablehlo.divide %306, %42 : tensor<1x32x1xf32>
    %308 = stablehlo.add %304, %46 : tensor<1x32x1xf32>
    %309 = stablehlo.rsqrt %308 : tensor<1x32x1xf32>
    %310 = stablehlo.broadcast_in_dim %307, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %311 = stablehlo.subtract %293, %310 : tensor<1x32x32xf32>
    %312 = stablehlo.broadcast_in_dim %309, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %313 = stablehlo.multiply %311, %312 : tensor<1x32x32xf32>
    %314 = stablehlo.broadcast_in_dim %arg24, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %315 = stablehlo.multiply %313, %314 : tensor<1x32x32xf32>
    %316 = stablehlo.broadcast_in_dim %arg25, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %317 = stablehlo.add %315, %316 : tensor<1x32x32xf32>
    %318 = stablehlo.reshape %317 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %319 = stablehlo.transpose %arg26, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %320 = stablehlo.dot_general %318, %319, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x128xf32>) -> tensor<32x128xf32>
    %321 = stablehlo.multiply %320, %162 : tensor<32x128xf32>
    %322 = stablehlo.broadcast_in_dim %arg27, dims = [1] : (tensor<128xf32>) -> tensor<32x128xf32>
    %323 = stablehlo.multiply %322, %162 : tensor<32x128xf32>
    %324 = stablehlo.add %321, %323 : tensor<32x128xf32>
    %325 = stablehlo.reshape %324 : (tensor<32x128xf32>) -> tensor<1x32x128xf32>
    %326 = stablehlo.multiply %325, %cst_4 : tensor<1x32x128xf32>
    %327 = stablehlo.multiply %325, %169 : tensor<1x32x128xf32>
    %328 = stablehlo.clamp %cst_5, %327, %cst_6 : tensor<1x32x128xf32>
    %329 = stablehlo.multiply %328, %328 : tensor<1x32x128xf32>
    %330 = stablehlo.multiply %cst_7, %329 : tensor<1x32x128xf32>
    %331 = stablehlo.add %330, %cst_8 : tensor<1x32x128xf32>
    %332 = stablehlo.multiply %331, %329 : tensor<1x32x128xf32>
    %333 = stablehlo.add %332, %cst_9 : tensor<1x32x128xf32>
    %334 = stablehlo.multiply %333, %329 : tensor<1x32x128xf32>
    %335 = stablehlo.add %334, %cst_10 : tensor<1x32x128xf32>
    %336 = stablehlo.multiply %335, %329 : tensor<1x32x128xf32>
    %337 = stablehlo.add %336, %cst_11 : tensor<1x32x128xf32>
    %338 = stablehlo.multiply %337, %329 : tensor<1x32x128xf32>
    %339 = stablehlo.add %338, %cst_12 : tensor<1x32x128xf32>
    %340 = stablehlo.multiply %339, %329 : tensor<1x32x128xf32>
    %341 = stablehlo.add %340, %cst_13 : tensor<1x32x128xf32>
    %342 = stablehlo.multiply %cst_14, %329 : tensor<1x32x128xf32>
    %343 = stablehlo.add %342, %cst_15 : tensor<1x32x128xf32>
    %344 = stablehlo.multiply %343, %329 : tensor<1x32x128xf32>
    %345 = stablehlo.add %344, %cst_16 : tensor<1x32x128xf32>
    %346 = stablehlo.multiply %345, %329 : tensor<1x32x128xf32>
    %347 = stablehlo.add %346, %cst_17 : tensor<1x32x128xf32>
    %348 = stablehlo.multiply %347, %329 : tensor<1x32x128xf32>
    %349 = stablehlo.add %348, %cst_18 : tensor<1x32x128xf32>
    %350 = stablehlo.multiply %328, %341 : tensor<1x32x128xf32>
    %351 = stablehlo.divide %350, %349 : tensor<1x32x128xf32>
    %352 = stablehlo.clamp %cst_19, %351, %cst_2 : tensor<1x32x128xf32>
    %353 = stablehlo.add %352, %cst_2 : tensor<1x32x128xf32>
    %354 = stablehlo.multiply %353, %326 : tensor<1x32x128xf32>
    %355 = stablehlo.reshape %354 : (tensor<1x32x128xf32>) -> tensor<32x128xf32>
    %356 = stablehlo.transpose %arg28, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %357 = stablehlo.dot_general %355, %356, contracting_dims = [1] x [0] : (tensor<32x128xf32>, tensor<128x32xf32>) -> tensor<32x32xf32>
    %358 = stablehlo.multiply %357, %62 : tensor<32x32xf32>
    %359 = stablehlo.broadcast_in_dim %arg29, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %360 = stablehlo.multiply %359, %62 : tensor<32x32xf32>
    %361 = stablehlo.add %358, %360 : tensor<32x32xf32>
    %362 = stablehlo.reshape %361 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %363 = stablehlo.add %293, %362 : tensor<1x32x32xf32>
    %364 = stablehlo.convert %363 : (tensor<1x32x32xf32>) -> tensor<1x32x32xf64>
    %365 = stablehlo.reduce(%364 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf64>, tensor<f64>) -> tensor<1x32xf64>
    %366 = stablehlo.reshape %365 : (tensor<1x32xf64>) -> tensor<1x32x1xf64>
    %367 = stablehlo.divide %366, %29 : tensor<1x32x1xf64>
    %368 = stablehlo.broadcast_in_dim %367, dims = [0, 1, 2] : (tensor<1x32x1xf64>) -> tensor<1x32x32xf64>
    %369 = stablehlo.subtract %364, %368 : tensor<1x32x32xf64>
    %370 = stablehlo.multiply %369, %369 : tensor<1x32x32xf64>
    %371 = stablehlo.reduce(%370 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf64>, tensor<f64>) -> tensor<1x32xf64>
    %372 = stablehlo.reshape %371 : (tensor<1x32xf64>) -> tensor<1x32x1xf64>
    %373 = stablehlo.divide %372, %29 : tensor<1x32x1xf64>
    %374 = stablehlo.convert %373 : (tensor<1x32x1xf64>) -> tensor<1x32x1xf32>
    %375 = stablehlo.reduce(%363 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %376 = stablehlo.reshape %375 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %377 = stablehlo.divide %376, %42 : tensor<1x32x1xf32>
    %378 = stablehlo.add %374, %46 : tensor<1x32x1xf32>
    %379 = stablehlo.rsqrt %378 : tensor<1x32x1xf32>
    %380 = stablehlo.broadcast_in_dim %377, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %381 = stablehlo.subtract %363, %380 : tensor<1x32x32xf32>
    %382 = stablehlo.broadcast_in_dim %379, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %383 = stablehlo.multiply %381, %382 : tensor<1x32x32xf32>
    %384 = stablehlo.broadcast_in_dim %arg30, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %385 = stablehlo.multiply %383, %384 : tensor<1x32x32xf32>
    %386 = stablehlo.broadcast_in_dim %arg31, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %387 = stablehlo.add %385, %386 : tensor<1x32x32xf32>
    %388 = stablehlo.transpose %arg0, dims = [1, 0] : (tensor<65x32xf32>) -> tensor<32x65xf32>
    %389 = stablehlo.reshape %387 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %390 = stablehlo.dot_general %389, %388, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x65xf32>) -> tensor<32x65xf32>
    %391 = stablehlo.reshape %390 : (tensor<32x65xf32>) -> tensor<1x32x65xf32>
    return %391 : tensor<1x32x65xf32>
  }
}
