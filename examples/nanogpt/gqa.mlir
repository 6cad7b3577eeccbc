module attributes {pcp.format = 1 : i64} {
  func.func @main(%arg0: tensor<65x32xf32> {pcp.name = "wte.weight", pcp.role = "param"}, %arg1: tensor<32x32xf32> {pcp.name = "wpe.weight", pcp.role = "param"}, %arg2: tensor<32xf32> {pcp.name = "blocks.0.norm1.weight", pcp.role = "param"}, %arg3: tensor<32xf32> {pcp.name = "blocks.0.norm1.bias", pcp.role = "param"}, %arg4: tensor<32x32xf32> {pcp.name = "blocks.0.attn.q.weight", pcp.role = "param"}, %arg5: tensor<32xf32> {pcp.name = "blocks.0.attn.q.bias", pcp.role = "param"}, %arg6: tensor<32x32xf32> {pcp.name = "blocks.0.attn.kv.weight", pcp.role = "param"}, %arg7: tensor<32xf32> {pcp.name = "blocks.0.attn.kv.bias", pcp.role = "param"}, %arg8: tensor<32x32xf32> {pcp.name = "blocks.0.attn.out.weight", pcp.role = "param"}, %arg9: tensor<32xf32> {pcp.name = "blocks.0.attn.out.bias", pcp.role = "param"}, %arg10: tensor<32xf32> {pcp.name = "blocks.0.norm2.weight", pcp.role = "param"}, %arg11: tensor<32xf32> {pcp.name = "blocks.0.norm2.bias", pcp.role = "param"}, %arg12: tensor<128x32xf32> {pcp.name = "blocks.0.up.weight", pcp.role = "param"}, %arg13: tensor<128xf32> {pcp.name = "blocks.0.up.bias", pcp.role = "param"}, %arg14: tensor<32x128xf32> {pcp.name = "blocks.0.down.weight", pcp.role = "param"}, %arg15: tensor<32xf32> {pcp.name = "blocks.0.down.bias", pcp.role = "param"}, %arg16: tensor<32xf32> {pcp.name = "blocks.1.norm1.weight", pcp.role = "param"}, %arg17: tensor<32xf32> {pcp.name = "blocks.1.norm1.bias", pcp.role = "param"}, %arg18: tensor<32x32xf32> {pcp.name = "blocks.1.attn.q.weight", pcp.role = "param"}, %arg19: tensor<32xf32> {pcp.name = "blocks.1.attn.q.bias", pcp.role = "param"}, %arg20: tensor<32x32xf32> {pcp.name = "blocks.1.attn.kv.weight", pcp.role = "param"}, %arg21: tensor<32xf32> {pcp.name = "blocks.1.attn.kv.bias", pcp.role = "param"}, %arg22: tensor<32x32xf32> {pcp.name = "blocks.1.attn.out.weight", pcp.role = "param"}, %arg23: tensor<32xf32> {pcp.name = "blocks.1.attn.out.bias", pcp.role = "param"}, %arg24: tensor<32xf32> {pcp.name = "blocks.1.norm2.weight", pcp.role = "param"}, %arg25: tensor<32xf32> {pcp.name = "blocks.1.norm2.bias", pcp.role = "param"}, %arg26: tensor<128x32xf32> {pcp.name = "blocks.1.up.weight", pcp.role = "param"}, %arg27: tensor<128xf32> {pcp.name = "blocks.1.up.bias", pcp.role = "param"}, %arg28: tensor<32x128xf32> {pcp.name = "blocks.1.down.weight", pcp.role = "param"}, %arg29: tensor<32xf32> {pcp.name = "blocks.1.down.bias", pcp.role = "param"}, %arg30: tensor<32xf32> {pcp.name = "norm.weight", pcp.role = "param"}, %arg31: tensor<32xf32> {pcp.name = "norm.bias", pcp.role = "param"}, %arg32: tensor<4x32xi64> {pcp.name = "tokens", pcp.role = "data"}, %arg33: tensor<4x32xi64> {pcp.name = "targets", pcp.role = "data"}) -> (tensor<f32> {pcp.name = "loss", pcp.role = "loss"}) {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<128xf32>
    %cst_0 = stablehlo.constant dense<0.707106769> : tensor<4x32x128xf32>
    %cst_1 = stablehlo.constant dense<0xFF800000> : tensor<4x4x32x32xf32>
    %cst_2 = stablehlo.constant dense<0.353553385> : tensor<4x4x32x32xf32>
    %cst_3 = stablehlo.constant dense<9.99999974E-6> : tensor<4x32x1xf32>
    %cst_4 = stablehlo.constant dense<3.200000e+01> : tensor<4x32x1xf32>
    %c = stablehlo.constant dense<0> : tensor<128xi64>
    %c_5 = stablehlo.constant dense<-1> : tensor<128xi64>
    %c_6 = stablehlo.constant dense<0> : tensor<32xi64>
    %c_7 = stablehlo.constant dense<1> : tensor<32xi64>
    %cst_8 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %c_9 = stablehlo.constant dense<0> : tensor<i64>
    %cst_10 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %cst_11 = stablehlo.constant dense<1.000000e+00> : tensor<4x32x128xf32>
    %cst_12 = stablehlo.constant dense<5.000000e-01> : tensor<4x32x128xf32>
    %cst_13 = stablehlo.constant dense<-4.000000e+00> : tensor<4x32x128xf32>
    %cst_14 = stablehlo.constant dense<4.000000e+00> : tensor<4x32x128xf32>
    %cst_15 = stablehlo.constant dense<-2.72614237E-10> : tensor<4x32x128xf32>
    %cst_16 = stablehlo.constant dense<2.77068146E-8> : tensor<4x32x128xf32>
    %cst_17 = stablehlo.constant dense<-2.10102394E-6> : tensor<4x32x128xf32>
    %cst_18 = stablehlo.constant dense<-5.69250624E-5> : tensor<4x32x128xf32>
    %cst_19 = stablehlo.constant dense<-7.34990637E-4> : tensor<4x32x128xf32>
    %cst_20 = stablehlo.constant dense<-2.954600e-03> : tensor<4x32x128xf32>
    %cst_21 = stablehlo.constant dense<-0.0160960332> : tensor<4x32x128xf32>
    %cst_22 = stablehlo.constant dense<-1.45660715E-5> : tensor<4x32x128xf32>
    %cst_23 = stablehlo.constant dense<-2.13374049E-4> : tensor<4x32x128xf32>
    %cst_24 = stablehlo.constant dense<-0.00168282702> : tensor<4x32x128xf32>
    %cst_25 = stablehlo.constant dense<-0.00737332925> : tensor<4x32x128xf32>
    %cst_26 = stablehlo.constant dense<-0.0142647391> : tensor<4x32x128xf32>
    %cst_27 = stablehlo.constant dense<-1.000000e+00> : tensor<4x32x128xf32>
    %0 = "stablehlo.gather"(%arg0, %arg32) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 32>}> : (tensor<65x32xf32>, tensor<4x32xi64>) -> tensor<4x32x32xf32>
    %1 = stablehlo.iota dim = 0 : tensor<32xi64>
    %2 = stablehlo.multiply %1, %c_7 : tensor<32xi64>
    %3 = stablehlo.add %2, %c_6 : tensor<32xi64>
    %4 = "stablehlo.gather"(%arg1, %3) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1, 32>}> : (tensor<32x32xf32>, tensor<32xi64>) -> tensor<32x32xf32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [1, 2] : (tensor<32x32xf32>) -> tensor<4x32x32xf32>
    %6 = stablehlo.add %0, %5 : tensor<4x32x32xf32>
    %7 = stablehlo.reduce(%6 init: %cst_8) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %8 = stablehlo.reshape %7 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %9 = stablehlo.divide %8, %cst_4 : tensor<4x32x1xf32>
    %10 = stablehlo.broadcast_in_dim %9, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %11 = stablehlo.subtract %6, %10 : tensor<4x32x32xf32>
    %12 = stablehlo.multiply %11, %11 : tensor<4x32x32xf32>
    %13 = stablehlo.reduce(%12 init: %cst_8) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %14 = stablehlo.reshape %13 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %15 = stablehlo.divide %14, %cst_4 : tensor<4x32x1xf32>
    %16 = stablehlo.add %15, %cst_3 : tensor<4x32x1xf32>
    %17 = stablehlo.rsqrt %16 : tensor<4x32x1xf32>
    %18 = stablehlo.broadcast_in_dim %17, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %19 = stablehlo.multiply %11, %18 : tensor<4x32x32xf32>
    %20 = stablehlo.broadcast_in_dim %arg2, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %21 = stablehlo.multiply %19, %20 : tensor<4x32x32xf32>
    %22 = stablehlo.broadcast_in_dim %arg3, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %23 = stablehlo.add %21, %22 : tensor<4x32x32xf32>
    %24 = stablehlo.reshape %23 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %25 = stablehlo.transpose %arg6, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %26 = stablehlo.dot_general %24, %25, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %27 = stablehlo.broadcast_in_dim %arg7, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %28 = stablehlo.add %26, %27 : tensor<128x32xf32>
    %29 = stablehlo.reshape %28 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %30 = stablehlo.slice %29 [0:4, 0:32, 0:16] : (tensor<4x32x32xf32>) -> tensor<4x32x16xf32>
    %31 = stablehlo.slice %29 [0:4, 0:32, 16:32] : (tensor<4x32x32xf32>) -> tensor<4x32x16xf32>
    %32 = stablehlo.transpose %arg4, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %33 = stablehlo.dot_general %24, %32, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %34 = stablehlo.broadcast_in_dim %arg5, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %35 = stablehlo.add %33, %34 : tensor<128x32xf32>
    %36 = stablehlo.reshape %35 : (tensor<128x32xf32>) -> tensor<4x32x4x8xf32>
    %37 = stablehlo.transpose %36, dims = [0, 2, 1, 3] : (tensor<4x32x4x8xf32>) -> tensor<4x4x32x8xf32>
    %38 = stablehlo.reshape %30 : (tensor<4x32x16xf32>) -> tensor<4x32x2x8xf32>
    %39 = stablehlo.transpose %38, dims = [0, 2, 1, 3] : (tensor<4x32x2x8xf32>) -> tensor<4x2x32x8xf32>
    %40 = stablehlo.reshape %31 : (tensor<4x32x16xf32>) -> tensor<4x32x2x8xf32>
    %41 = stablehlo.transpose %40, dims = [0, 2, 1, 3] : (tensor<4x32x2x8xf32>) -> tensor<4x2x32x8xf32>
    %42 = stablehlo.broadcast_in_dim %39, dims = [0, 1, 3, 4] : (tensor<4x2x32x8xf32>) -> tensor<4x2x2x32x8xf32>
    %43 = stablehlo.reshape %42 : (tensor<4x2x2x32x8xf32>) -> tensor<4x4x32x8xf32>
    %44 = stablehlo.broadcast_in_dim %41, dims = [0, 1, 3, 4] : (tensor<4x2x32x8xf32>) -> tensor<4x2x2x32x8xf32>
    %45 = stablehlo.transpose %43, dims = [0, 1, 3, 2] : (tensor<4x4x32x8xf32>) -> tensor<4x4x8x32xf32>
    %46 = stablehlo.reshape %37 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %47 = stablehlo.reshape %45 : (tensor<4x4x8x32xf32>) -> tensor<16x8x32xf32>
    %48 = stablehlo.dot_general %46, %47, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x8xf32>, tensor<16x8x32xf32>) -> tensor<16x32x32xf32>
    %49 = stablehlo.reshape %48 : (tensor<16x32x32xf32>) -> tensor<4x4x32x32xf32>
    %50 = stablehlo.multiply %49, %cst_2 : tensor<4x4x32x32xf32>
    %51 = stablehlo.broadcast_in_dim %3, dims = [0] : (tensor<32xi64>) -> tensor<32x32xi64>
    %52 = stablehlo.broadcast_in_dim %3, dims = [1] : (tensor<32xi64>) -> tensor<32x32xi64>
    %53 = stablehlo.compare GE, %51, %52, SIGNED : (tensor<32x32xi64>, tensor<32x32xi64>) -> tensor<32x32xi1>
    %54 = stablehlo.not %53 : tensor<32x32xi1>
    %55 = stablehlo.broadcast_in_dim %54, dims = [2, 3] : (tensor<32x32xi1>) -> tensor<4x4x32x32xi1>
    %56 = stablehlo.select %55, %cst_1, %50 : tensor<4x4x32x32xi1>, tensor<4x4x32x32xf32>
    %57 = stablehlo.reduce(%56 init: %cst_10) applies stablehlo.maximum across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %58 = stablehlo.broadcast_in_dim %57, dims = [0, 1, 2] : (tensor<4x4x32xf32>) -> tensor<4x4x32x32xf32>
    %59 = stablehlo.subtract %56, %58 : tensor<4x4x32x32xf32>
    %60 = stablehlo.exponential %59 : tensor<4x4x32x32xf32>
    %61 = stablehlo.reduce(%60 init: %cst_8) applies stablehlo.add across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %62 = stablehlo.broadcast_in_dim %61, dims = [0, 1, 2] : (tensor<4x4x32xf32>) -> tensor<4x4x32x32xf32>
    %63 = stablehlo.divide %60, %62 : tensor<4x4x32x32xf32>
    %64 = stablehlo.reshape %63 : (tensor<4x4x32x32xf32>) -> tensor<16x32x32xf32>
    %65 = stablehlo.reshape %44 : (tensor<4x2x2x32x8xf32>) -> tensor<16x32x8xf32>
    %66 = stablehlo.dot_general %64, %65, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x32xf32>, tensor<16x32x8xf32>) -> tensor<16x32x8xf32>
    %67 = stablehlo.reshape %66 : (tensor<16x32x8xf32>) -> tensor<4x4x32x8xf32>
    %68 = stablehlo.transpose %67, dims = [0, 2, 1, 3] : (tensor<4x4x32x8xf32>) -> tensor<4x32x4x8xf32>
    %69 = stablehlo.reshape %68 : (tensor<4x32x4x8xf32>) -> tensor<128x32xf32>
    %70 = stablehlo.transpose %arg8, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %71 = stablehlo.dot_general %69, %70, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %72 = stablehlo.broadcast_in_dim %arg9, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %73 = stablehlo.add %71, %72 : tensor<128x32xf32>
    %74 = stablehlo.reshape %73 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %75 = stablehlo.add %6, %74 : tensor<4x32x32xf32>
    %76 = stablehlo.reduce(%75 init: %cst_8) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %77 = stablehlo.reshape %76 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %78 = stablehlo.divide %77, %cst_4 : tensor<4x32x1xf32>
    %79 = stablehlo.broadcast_in_dim %78, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %80 = stablehlo.subtract %75, %79 : tensor<4x32x32xf32>
    %81 = stablehlo.multiply %80, %80 : tensor<4x32x32xf32>
    %82 = stablehlo.reduce(%81 init: %cst_8) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %83 = stablehlo.reshape %82 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %84 = stablehlo.divide %83, %cst_4 : tensor<4x32x1xf32>
    %85 = stablehlo.add %84, %cst_3 : tensor<4x32x1xf32>
    %86 = stablehlo.rsqrt %85 : tensor<4x32x1xf32>
    %87 = stablehlo.broadcast_in_dim %86, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %88 = stablehlo.multiply %80, %87 : tensor<4x32x32xf32>
    %89 = stablehlo.broadcast_in_dim %arg10, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %90 = stablehlo.multiply %88, %89 : tensor<4x32x32xf32>
    %91 = stablehlo.broadcast_in_dim %arg11, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %92 = stablehlo.add %90, %91 : tensor<4x32x32xf32>
    %93 = stablehlo.reshape %92 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %94 = stablehlo.transpose %arg12, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %95 = stablehlo.dot_general %93, %94, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x128xf32>) -> tensor<128x128xf32>
    %96 = stablehlo.broadcast_in_dim %arg13, dims = [1] : (tensor<128xf32>) -> tensor<128x128xf32>
    %97 = stablehlo.add %95, %96 : tensor<128x128xf32>
    %98 = stablehlo.reshape %97 : (tensor<128x128xf32>) -> tensor<4x32x128xf32>
    %99 = stablehlo.multiply %98, %cst_12 : tensor<4x32x128xf32>
    %100 = stablehlo.multiply %98, %cst_0 : tensor<4x32x128xf32>
    %101 = stablehlo.clamp %cst_13, %100, %cst_14 : tensor<4x32x128xf32>
    %102 = stablehlo.multiply %101, %101 : tensor<4x32x128xf32>
    %103 = stablehlo.multiply %cst_15, %102 : tensor<4x32x128xf32>
    %104 = stablehlo.add %103, %cst_16 : tensor<4x32x128xf32>
    %105 = stablehlo.multiply %104, %102 : tensor<4x32x128xf32>
    %106 = stablehlo.add %105, %cst_17 : tensor<4x32x128xf32>
    %107 = stablehlo.multiply %106, %102 : tensor<4x32x128xf32>
    %108 = stablehlo.add %107, %cst_18 : tensor<4x32x128xf32>
    %109 = stablehlo.multiply %108, %102 : tensor<4x32x128xf32>
    %110 = stablehlo.add %109, %cst_19 : tensor<4x32x128xf32>
    %111 = stablehlo.multiply %110, %102 : tensor<4x32x128xf32>
    %112 = stablehlo.add %111, %cst_20 : tensor<4x32x128xf32>
    %113 = stablehlo.multiply %112, %102 : tensor<4x32x128xf32>
    %114 = stablehlo.add %113, %cst_21 : tensor<4x32x128xf32>
    %115 = stablehlo.multiply %cst_22, %102 : tensor<4x32x128xf32>
    %116 = stablehlo.add %115, %cst_23 : tensor<4x32x128xf32>
    %117 = stablehlo.multiply %116, %102 : tensor<4x32x128xf32>
    %118 = stablehlo.add %117, %cst_24 : tensor<4x32x128xf32>
    %119 = stablehlo.multiply %118, %102 : tensor<4x32x128xf32>
    %120 = stablehlo.add %119, %cst_25 : tensor<4x32x128xf32>
    %121 = stablehlo.multiply %120, %102 : tensor<4x32x128xf32>
    %122 = stablehlo.add %121, %cst_26 : tensor<4x32x128xf32>
    %123 = stablehlo.multiply %101, %114 : tensor<4x32x128xf32>
    %124 = stablehlo.divide %123, %122 : tensor<4x32x128xf32>
    %125 = stablehlo.clamp %cst_27, %124, %cst_11 : tensor<4x32x128xf32>
    %126 = stablehlo.add %125, %cst_11 : tensor<4x32x128xf32>
    %127 = stablehlo.multiply %126, %99 : tensor<4x32x128xf32>
    %128 = stablehlo.reshape %127 : (tensor<4x32x128xf32>) -> tensor<128x128xf32>
    %129 = stablehlo.transpose %arg14, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %130 = stablehlo.dot_general %128, %129, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x32xf32>) -> tensor<128x32xf32>
    %131 = stablehlo.broadcast_in_dim %arg15, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %132 = stablehlo.add %130, %131 : tensor<128x32xf32>
    %133 = stablehlo.reshape %132 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %134 = stablehlo.add %75, %133 : tensor<4x32x32xf32>
    %135 = stablehlo.reduce(%134 init: %cst_8) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %136 = stablehlo.reshape %135 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %137 = stablehlo.divide %136, %cst_4 : tensor<4x32x1xf32>
    %138 = stablehlo.broadcast_in_dim %137, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %139 = stablehlo.subtract %134, %138 : tensor<4x32x32xf32>
    %140 = stablehlo.multiply %139, %139 : tensor<4x32x32xf32>
    %141 = stablehlo.reduce(%140 init: %cst_8) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %142 = stablehlo.reshape %141 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %143 = stablehlo.divide %142, %cst_4 : tensor<4x32x1xf32>
    %144 = stablehlo.add %143, %cst_3 : tensor<4x32x1xf32>
    %145 = stablehlo.rsqrt %144 : tensor<4x32x1xf32>
    %146 = stablehlo.broadcast_in_dim %145, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %147 = stablehlo.multiply %139, %146 : tensor<4x32x32xf32>
    %148 = stablehlo.broadcast_in_dim %arg16, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %149 = stablehlo.multiply %147, %148 : tensor<4x32x32xf32>
    %150 = stablehlo.broadcast_in_dim %arg17, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %151 = stablehlo.add %149, %150 : tensor<4x32x32xf32>
    %152 = stablehlo.reshape %151 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %153 = stablehlo.transpose %arg20, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %154 = stablehlo.dot_general %152, %153, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %155 = stablehlo.broadcast_in_dim %arg21, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %156 = stablehlo.add %154, %155 : tensor<128x32xf32>
    %157 = stablehlo.reshape %156 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %158 = stablehlo.slice %157 [0:4, 0:32, 0:16] : (tensor<4x32x32xf32>) -> tensor<4x32x16xf32>
    %159 = stablehlo.slice %157 [0:4, 0:32, 16:32] : (tensor<4x32x32xf32>) -> tensor<4x32x16xf32>
    %160 = stablehlo.transpose %arg18, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %161 = stablehlo.dot_general %152, %160, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %162 = stablehlo.broadcast_in_dim %arg19, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %163 = stablehlo.add %161, %162 : tensor<128x32xf32>
    %164 = stablehlo.reshape %163 : (tensor<128x32xf32>) -> tensor<4x32x4x8xf32>
    %165 = stablehlo.transpose %164, dims = [0, 2, 1, 3] : (tensor<4x32x4x8xf32>) -> tensor<4x4x32x8xf32>
    %166 = stablehlo.reshape %158 : (tensor<4x32x16xf32>) -> tensor<4x32x2x8xf32>
    %167 = stablehlo.transpose %166, dims = [0, 2, 1, 3] : (tensor<4x32x2x8xf32>) -> tensor<4x2x32x8xf32>
    %168 = stablehlo.reshape %159 : (tensor<4x32x16xf32>) -> tensor<4x32x2x8xf32>
    %169 = stablehlo.transpose %168, dims = [0, 2, 1, 3] : (tensor<4x32x2x8xf32>) -> tensor<4x2x32x8xf32>
    %170 = stablehlo.broadcast_in_dim %167, dims = [0, 1, 3, 4] : (tensor<4x2x32x8xf32>) -> tensor<4x2x2x32x8xf32>
    %171 = stablehlo.reshape %170 : (tensor<4x2x2x32x8xf32>) -> tensor<4x4x32x8xf32>
    %172 = stablehlo.broadcast_in_dim %169, dims = [0, 1, 3, 4] : (tensor<4x2x32x8xf32>) -> tensor<4x2x2x32x8xf32>
    %173 = stablehlo.transpose %171, dims = [0, 1, 3, 2] : (tensor<4x4x32x8xf32>) -> tensor<4x4x8x32xf32>
    %174 = stablehlo.reshape %165 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %175 = stablehlo.reshape %173 : (tensor<4x4x8x32xf32>) -> tensor<16x8x32xf32>
    %176 = stablehlo.dot_general %174, %175, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x8xf32>, tensor<16x8x32xf32>) -> tensor<16x32x32xf32>
    %177 = stablehlo.reshape %176 : (tensor<16x32x32xf32>) -> tensor<4x4x32x32xf32>
    %178 = stablehlo.multiply %177, %cst_2 : tensor<4x4x32x32xf32>
    %179 = stablehlo.select %55, %cst_1, %178 : tensor<4x4x32x32xi1>, tensor<4x4x32x32xf32>
    %180 = stablehlo.reduce(%179 init: %cst_10) applies stablehlo.maximum across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %181 = stablehlo.broadcast_in_dim %180, dims = [0, 1, 2] : (tensor<4x4x32xf32>) -> tensor<4x4x32x32xf32>
    %182 = stablehlo.subtract %179, %181 : tensor<4x4x32x32xf32>
    %183 = stablehlo.exponential %182 : tensor<4x4x32x32xf32>
    %184 = stablehlo.reduce(%183 init: %cst_8) applies stablehlo.add across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %185 = stablehlo.broadcast_in_dim %184, dims = [0, 1, 2] : (tensor<4x4x32xf32>) -> tensor<4x4x32x32xf32>
    %186 = stablehlo.divide %183, %185 : tensor<4x4x32x32xf32>
    %187 = stablehlo.reshape %186 : (tensor<4x4x32x32xf32>) -> tensor<16x32x32xf32>
    %188 = stablehlo.reshape %172 : (tensor<4x2x2x32x8xf32>) -> tensor<16x32x8xf32>
    %189 = stablehlo.dot_general %187, %188, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x32xf32>, tensor<16x32x8xf32>) -> tensor<16x32x8xf32>
    %190 = stablehlo.reshape %189 : (tensor<16x32x8xf32>) -> tensor<4x4x32x8xf32>
    %191 = stablehlo.transpose %190, dims = [0, 2, 1, 3] : (tensor<4x4x32x8xf32>) -> tensor<4x32x4x8xf32>
    %192 = stablehlo.reshape %191 : (tensor<4x32x4x8xf32>) -> tensor<128x32xf32>
    %193 = stablehlo.transpose %arg22, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %194 = stablehlo.dot_general %192, %193, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %195 = stablehlo.broadcast_in_dim %arg23, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %196 = stablehlo.add %194, %195 : tensor<128x32xf32>
    %197 = stablehlo.reshape %196 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %198 = stablehlo.add %134, %197 : tensor<4x32x32xf32>
    %199 = stablehlo.reduce(%198 init: %cst_8) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %200 = stablehlo.reshape %199 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %201 = stablehlo.divide %200, %cst_4 : tensor<4x32x1xf32>
    %202 = stablehlo.broadcast_in_dim %201, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %203 = stablehlo.subtract %198, %202 : tensor<4x32x32xf32>
    %204 = stablehlo.multiply %203, %203 : tensor<4x32x32xf32>
    %205 = stablehlo.reduce(%204 init: %cst_8) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %206 = stablehlo.reshape %205 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %207 = stablehlo.divide %206, %cst_4 : tensor<4x32x1xf32>
    %208 = stablehlo.add %207, %cst_3 : tensor<4x32x1xf32>
    %209 = stablehlo.rsqrt %208 : tensor<4x32x1xf32>
    %210 = stablehlo.broadcast_in_dim %209, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %211 = stablehlo.multiply %203, %210 : tensor<4x32x32xf32>
    %212 = stablehlo.broadcast_in_dim %arg24, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %213 = stablehlo.multiply %211, %212 : tensor<4x32x32xf32>
    %214 = stablehlo.broadcast_in_dim %arg25, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %215 = stablehlo.add %213, %214 : tensor<4x32x32xf32>
    %216 = stablehlo.reshape %215 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %217 = stablehlo.transpose %arg26, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %218 = stablehlo.dot_general %216, %217, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x128xf32>) -> tensor<128x128xf32>
    %219 = stablehlo.broadcast_in_dim %arg27, dims = [1] : (tensor<128xf32>) -> tensor<128x128xf32>
    %220 = stablehlo.add %218, %219 : tensor<128x128xf32>
    %221 = stablehlo.reshape %220 : (tensor<128x128xf32>) -> tensor<4x32x128xf32>
    %222 = stablehlo.multiply %221, %cst_12 : tensor<4x32x128xf32>
    %223 = stablehlo.multiply %221, %cst_0 : tensor<4x32x128xf32>
    %224 = stablehlo.clamp %cst_13, %223, %cst_14 : tensor<4x32x128xf32>
    %225 = stablehlo.multiply %224, %224 : tensor<4x32x128xf32>
    %226 = stablehlo.multiply %cst_15, %225 : tensor<4x32x128xf32>
    %227 = stablehlo.add %226, %cst_16 : tensor<4x32x128xf32>
    %228 = stablehlo.multiply %227, %225 : tensor<4x32x128xf32>
    %229 = stablehlo.add %228, %cst_17 : tensor<4x32x128xf32>
    %230 = stablehlo.multiply %229, %225 : tensor<4x32x128xf32>
    %231 = stablehlo.add %230, %cst_18 : tensor<4x32x128xf32>
    %232 = stablehlo.multiply %231, %225 : tensor<4x32x128xf32>
    %233 = stablehlo.add %232, %cst_19 : tensor<4x32x128xf32>
    %234 = stablehlo.multiply %233, %225 : tensor<4x32x128xf32>
    %235 = stablehlo.add %234, %cst_20 : tensor<4x32x128xf32>
    %236 = stablehlo.multiply %235, %225 : tensor<4x32x128xf32>
    %237 = stablehlo.add %236, %cst_21 : tensor<4x32x128xf32>
    %238 = stablehlo.multiply %cst_22, %225 : tensor<4x32x128xf32>
    %239 = stablehlo.add %238, %cst_23 : tensor<4x32x128xf32>
    %240 = stablehlo.multiply %239, %225 : tensor<4x32x128xf32>
    %241 = stablehlo.add %240, %cst_24 : tensor<4x32x128xf32>
    %242 = stablehlo.multiply %241, %225 : tensor<4x32x128xf32>
    %243 = stablehlo.add %242, %cst_25 : tensor<4x32x128xf32>
    %244 = stablehlo.multiply %243, %225 : tensor<4x32x128xf32>
    %245 = stablehlo.add %244, %cst_26 : tensor<4x32x128xf32>
    %246 = stablehlo.multiply %224, %237 : tensor<4x32x128xf32>
    %247 = stablehlo.divide %246, %245 : tensor<4x32x128xf32>
    %248 = stablehlo.clamp %cst_27, %247, %cst_11 : tensor<4x32x128xf32>
    %249 = stablehlo.add %248, %cst_11 : tensor<4x32x128xf32>
    %250 = stablehlo.multiply %249, %222 : tensor<4x32x128xf32>
    %251 = stablehlo.reshape %250 : (tensor<4x32x128xf32>) -> tensor<128x128xf32>
    %252 = stablehlo.transpose %arg28, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %253 = stablehlo.dot_general %251, %252, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x32xf32>) -> tensor<128x32xf32>
    %254 = stablehlo.broadcast_in_dim %arg29, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %255 = stablehlo.add %253, %254 : tensor<128x32xf32>
    %256 = stablehlo.reshape %255 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %257 = stablehlo.add %198, %256 : tensor<4x32x32xf32>
    %258 = stablehlo.reduce(%257 init: %cst_8) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %259 = stablehlo.reshape %258 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %260 = stablehlo.divide %259, %cst_4 : tensor<4x32x1xf32>
    %261 = stablehlo.broadcast_in_dim %260, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %262 = stablehlo.subtract %257, %261 : tensor<4x32x32xf32>
    %263 = stablehlo.multiply %262, %262 : tensor<4x32x32xf32>
    %264 = stablehlo.reduce(%263 init: %cst_8) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %265 = stablehlo.reshape %264 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %266 = stablehlo.divide %265, %cst_4 : tensor<4x32x1xf32>
    %267 = stablehlo.add %266, %cst_3 : tensor<4x32x1xf32>
    %268 = stablehlo.rsqrt %267 : tensor<4x32x1xf32>
    %269 = stablehlo.broadcast_in_dim %268, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %270 = stablehlo.multiply %262, %269 : tensor<4x32x32xf32>
    %271 = stablehlo.broadcast_in_dim %arg30, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %272 = stablehlo.multiply %270, %271 : tensor<4x32x32xf32>
    %273 = stablehlo.broadcast_in_dim %arg31, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %274 = stablehlo.add %272, %273 : tensor<4x32x32xf32>
    %275 = stablehlo.transpose %arg0, dims = [1, 0] : (tensor<65x32xf32>) -> tensor<32x65xf32>
    %276 = stablehlo.reshape %274 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %277 = stablehlo.dot_general %276, %275, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x65xf32>) -> tensor<128x65xf32>
    %278 = stablehlo.reshape %arg33 : (tensor<4x32xi64>) -> tensor<128xi64>
    %279 = stablehlo.reduce(%277 init: %cst_10) applies stablehlo.maximum across dimensions = [1] : (tensor<128x65xf32>, tensor<f32>) -> tensor<128xf32>
    %280 = stablehlo.broadcast_in_dim %279, dims = [0] : (tensor<128xf32>) -> tensor<128x65xf32>
    %281 = stablehlo.subtract %277, %280 : tensor<128x65xf32>
    %282 = stablehlo.exponential %281 : tensor<128x65xf32>
    %283 = stablehlo.reduce(%282 init: %cst_8) applies stablehlo.add across dimensions = [1] : (tensor<128x65xf32>, tensor<f32>) -> tensor<128xf32>
    %284 = stablehlo.reshape %283 : (tensor<128xf32>) -> tensor<128x1xf32>
    %285 = stablehlo.log %284 : tensor<128x1xf32>
    %286 = stablehlo.broadcast_in_dim %285, dims = [0, 1] : (tensor<128x1xf32>) -> tensor<128x65xf32>
    %287 = stablehlo.subtract %281, %286 : tensor<128x65xf32>
    %288 = stablehlo.compare NE, %278, %c_5, SIGNED : (tensor<128xi64>, tensor<128xi64>) -> tensor<128xi1>
    %289 = stablehlo.select %288, %278, %c : tensor<128xi1>, tensor<128xi64>
    %290 = stablehlo.iota dim = 0 : tensor<128x1x1xi64>
    %291 = stablehlo.reshape %289 : (tensor<128xi64>) -> tensor<128x1x1xi64>
    %292 = stablehlo.concatenate %290, %291, dim = 2 : (tensor<128x1x1xi64>, tensor<128x1x1xi64>) -> tensor<128x1x2xi64>
    %293 = "stablehlo.gather"(%287, %292) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0, 1], start_index_map = [0, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1>}> : (tensor<128x65xf32>, tensor<128x1x2xi64>) -> tensor<128x1xf32>
    %294 = stablehlo.reshape %293 : (tensor<128x1xf32>) -> tensor<128xf32>
    %295 = stablehlo.negate %294 : tensor<128xf32>
    %296 = stablehlo.select %288, %295, %cst : tensor<128xi1>, tensor<128xf32>
    %297 = stablehlo.convert %288 : (tensor<128xi1>) -> tensor<128xi64>
    %298 = stablehlo.reduce(%297 init: %c_9) applies stablehlo.add across dimensions = [0] : (tensor<128xi64>, tensor<i64>) -> tensor<i64>
    %299 = stablehlo.convert %298 : (tensor<i64>) -> tensor<f32>
    %300 = stablehlo.reduce(%296 init: %cst_8) applies stablehlo.add across dimensions = [0] : (tensor<128xf32>, tensor<f32>) -> tensor<f32>
    %301 = stablehlo.divide %300, %299 : tensor<f32>
    return %301 : tensor<f32>
  }
  func.func @logits(%arg0: tensor<65x32xf32> {pcp.name = "wte.weight", pcp.role = "param"}, %arg1: tensor<32x32xf32> {pcp.name = "wpe.weight", pcp.role = "param"}, %arg2: tensor<32xf32> {pcp.name = "blocks.0.norm1.weight", pcp.role = "param"}, %arg3: tensor<32xf32> {pcp.name = "blocks.0.norm1.bias", pcp.role = "param"}, %arg4: tensor<32x32xf32> {pcp.name = "blocks.0.attn.q.weight", pcp.role = "param"}, %arg5: tensor<32xf32> {pcp.name = "blocks.0.attn.q.bias", pcp.role = "param"}, %arg6: tensor<32x32xf32> {pcp.name = "blocks.0.attn.kv.weight", pcp.role = "param"}, %arg7: tensor<32xf32> {pcp.name = "blocks.0.attn.kv.bias", pcp.role = "param"}, %arg8: tensor<32x32xf32> {pcp.name = "blocks.0.attn.out.weight", pcp.role = "param"}, %arg9: tensor<32xf32> {pcp.name = "blocks.0.attn.out.bias", pcp.role = "param"}, %arg10: tensor<32xf32> {pcp.name = "blocks.0.norm2.weight", pcp.role = "param"}, %arg11: tensor<32xf32> {pcp.name = "blocks.0.norm2.bias", pcp.role = "param"}, %arg12: tensor<128x32xf32> {pcp.name = "blocks.0.up.weight", pcp.role = "param"}, %arg13: tensor<128xf32> {pcp.name = "blocks.0.up.bias", pcp.role = "param"}, %arg14: tensor<32x128xf32> {pcp.name = "blocks.0.down.weight", pcp.role = "param"}, %arg15: tensor<32xf32> {pcp.name = "blocks.0.down.bias", pcp.role = "param"}, %arg16: tensor<32xf32> {pcp.name = "blocks.1.norm1.weight", pcp.role = "param"}, %arg17: tensor<32xf32> {pcp.name = "blocks.1.norm1.bias", pcp.role = "param"}, %arg18: tensor<32x32xf32> {pcp.name = "blocks.1.attn.q.weight", pcp.role = "param"}, %arg19: tensor<32xf32> {pcp.name = "blocks.1.attn.q.bias", pcp.role = "param"}, %arg20: tensor<32x32xf32> {pcp.name = "blocks.1.attn.kv.weight", pcp.role = "param"}, %arg21: tensor<32xf32> {pcp.name = "blocks.1.attn.kv.bias", pcp.role = "param"}, %arg22: tensor<32x32xf32> {pcp.name = "blocks.1.attn.out.weight", pcp.role = "param"}, %arg23: tensor<32xf32> {pcp.name = "blocks.1.attn.out.bias", pcp.role = "param"}, %arg24: tensor<32xf32> {pcp.name = "blocks.1.norm2.weight", pcp.role = "param"}, %arg25: tensor<32xf32> {pcp.name = "blocks.1.norm2.bias", pcp.role = "param"}, %arg26: tensor<128x32xf32> {pcp.name = "blocks.1.up.weight", pcp.role = "param"}, %arg27: tensor<128xf32> {pcp.name = "blocks.1.up.bias", pcp.role = "param"}, %arg28: tensor<32x128xf32> {pcp.name = "blocks.1.down.weight", pcp.role = "param"}, %arg29: tensor<32xf32> {pcp.name = "blocks.1.down.bias", pcp.role = "param"}, %arg30: tensor<32xf32> {pcp.name = "norm.weight", pcp.role = "param"}, %arg31: tensor<32xf32> {pcp.name = "norm.bias", pcp.role = "param"}, %arg32: tensor<1x32xi64> {pcp.name = "tokens", pcp.role = "data"}) -> (tensor<1x32x65xf32> {pcp.name = "logits", pcp.role = "aux"}) {
    %cst = stablehlo.constant dense<0.707106769> : tensor<1x32x128xf32>
    %cst_0 = stablehlo.constant dense<0xFF800000> : tensor<1x4x32x32xf32>
    %cst_1 = stablehlo.constant dense<0.353553385> : tensor<1x4x32x32xf32>
    %cst_2 = stablehlo.constant dense<9.99999974E-6> : tensor<1x32x1xf32>
    %cst_3 = stablehlo.constant dense<3.200000e+01> : tensor<1x32x1xf32>
    %c = stablehlo.constant dense<0> : tensor<32xi64>
    %c_4 = stablehlo.constant dense<1> : tensor<32xi64>
    %cst_5 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %cst_6 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %cst_7 = stablehlo.constant dense<1.000000e+00> : tensor<1x32x128xf32>
    %cst_8 = stablehlo.constant dense<5.000000e-01> : tensor<1x32x128xf32>
    %cst_9 = stablehlo.constant dense<-4.000000e+00> : tensor<1x32x128xf32>
    %cst_10 = stablehlo.constant dense<4.000000e+00> : tensor<1x32x128xf32>
    %cst_11 = stablehlo.constant dense<-2.72614237E-10> : tensor<1x32x128xf32>
    %cst_12 = stablehlo.constant dense<2.77068146E-8> : tensor<1x32x128xf32>
    %cst_13 = stablehlo.constant dense<-2.10102394E-6> : tensor<1x32x128xf32>
    %cst_14 = stablehlo.constant dense<-5.69250624E-5> : tensor<1x32x128xf32>
    %cst_15 = stablehlo.constant dense<-7.34990637E-4> : tensor<1x32x128xf32>
    %cst_16 = stablehlo.constant dense<-2.954600e-03> : tensor<1x32x128xf32>
    %cst_17 = stablehlo.constant dense<-0.0160960332> : tensor<1x32x128xf32>
    %cst_18 = stablehlo.constant dense<-1.45660715E-5> : tensor<1x32x128xf32>
    %cst_19 = stablehlo.constant dense<-2.13374049E-4> : tensor<1x32x128xf32>
    %cst_20 = stablehlo.constant dense<-0.00168282702> : tensor<1x32x128xf32>
    %cst_21 = stablehlo.constant dense<-0.00737332925> : tensor<1x32x128xf32>
    %cst_22 = stablehlo.constant dense<-0.0142647391> : tensor<1x32x128xf32>
    %cst_23 = stablehlo.constant dense<-1.000000e+00> : tensor<1x32x128xf32>
    %0 = "stablehlo.gather"(%arg0, %arg32) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 32>}> : (tensor<65x32xf32>, tensor<1x32xi64>) -> tensor<1x32x32xf32>
    %1 = stablehlo.iota dim = 0 : tensor<32xi64>
    %2 = stablehlo.multiply %1, %c_4 : tensor<32xi64>
    %3 = stablehlo.add %2, %c : tensor<32xi64>
    %4 = "stablehlo.gather"(%arg1, %3) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1, 32>}> : (tensor<32x32xf32>, tensor<32xi64>) -> tensor<32x32xf32>
    %5 = stablehlo.reshape %4 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %6 = stablehlo.add %0, %5 : tensor<1x32x32xf32>
    %7 = stablehlo.reduce(%6 init: %cst_6) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %8 = stablehlo.reshape %7 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %9 = stablehlo.divide %8, %cst_3 : tensor<1x32x1xf32>
    %10 = stablehlo.broadcast_in_dim %9, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %11 = stablehlo.subtract %6, %10 : tensor<1x32x32xf32>
    %12 = stablehlo.multiply %11, %11 : tensor<1x32x32xf32>
    %13 = stablehlo.reduce(%12 init: %cst_6) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %14 = stablehlo.reshape %13 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %15 = stablehlo.divide %14, %cst_3 : tensor<1x32x1xf32>
    %16 = stablehlo.add %15, %cst_2 : tensor<1x32x1xf32>
    %17 = stablehlo.rsqrt %16 : tensor<1x32x1xf32>
    %18 = stablehlo.broadcast_in_dim %17, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %19 = stablehlo.multiply %11, %18 : tensor<1x32x32xf32>
    %20 = stablehlo.broadcast_in_dim %arg2, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %21 = stablehlo.multiply %19, %20 : tensor<1x32x32xf32>
    %22 = stablehlo.broadcast_in_dim %arg3, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %23 = stablehlo.add %21, %22 : tensor<1x32x32xf32>
    %24 = stablehlo.reshape %23 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %25 = stablehlo.transpose %arg6, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %26 = stablehlo.dot_general %24, %25, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %27 = stablehlo.broadcast_in_dim %arg7, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %28 = stablehlo.add %26, %27 : tensor<32x32xf32>
    %29 = stablehlo.reshape %28 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %30 = stablehlo.slice %29 [0:1, 0:32, 0:16] : (tensor<1x32x32xf32>) -> tensor<1x32x16xf32>
    %31 = stablehlo.slice %29 [0:1, 0:32, 16:32] : (tensor<1x32x32xf32>) -> tensor<1x32x16xf32>
    %32 = stablehlo.transpose %arg4, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %33 = stablehlo.dot_general %24, %32, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %34 = stablehlo.broadcast_in_dim %arg5, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %35 = stablehlo.add %33, %34 : tensor<32x32xf32>
    %36 = stablehlo.reshape %35 : (tensor<32x32xf32>) -> tensor<1x32x4x8xf32>
    %37 = stablehlo.transpose %36, dims = [0, 2, 1, 3] : (tensor<1x32x4x8xf32>) -> tensor<1x4x32x8xf32>
    %38 = stablehlo.reshape %30 : (tensor<1x32x16xf32>) -> tensor<1x32x2x8xf32>
    %39 = stablehlo.transpose %38, dims = [0, 2, 1, 3] : (tensor<1x32x2x8xf32>) -> tensor<1x2x32x8xf32>
    %40 = stablehlo.reshape %31 : (tensor<1x32x16xf32>) -> tensor<1x32x2x8xf32>
    %41 = stablehlo.transpose %40, dims = [0, 2, 1, 3] : (tensor<1x32x2x8xf32>) -> tensor<1x2x32x8xf32>
    %42 = stablehlo.broadcast_in_dim %39, dims = [0, 1, 3, 4] : (tensor<1x2x32x8xf32>) -> tensor<1x2x2x32x8xf32>
    %43 = stablehlo.reshape %42 : (tensor<1x2x2x32x8xf32>) -> tensor<1x4x32x8xf32>
    %44 = stablehlo.broadcast_in_dim %41, dims = [0, 1, 3, 4] : (tensor<1x2x32x8xf32>) -> tensor<1x2x2x32x8xf32>
    %45 = stablehlo.transpose %43, dims = [0, 1, 3, 2] : (tensor<1x4x32x8xf32>) -> tensor<1x4x8x32xf32>
    %46 = stablehlo.reshape %37 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %47 = stablehlo.reshape %45 : (tensor<1x4x8x32xf32>) -> tensor<4x8x32xf32>
    %48 = stablehlo.dot_general %46, %47, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x8xf32>, tensor<4x8x32xf32>) -> tensor<4x32x32xf32>
    %49 = stablehlo.reshape %48 : (tensor<4x32x32xf32>) -> tensor<1x4x32x32xf32>
    %50 = stablehlo.multiply %49, %cst_1 : tensor<1x4x32x32xf32>
    %51 = stablehlo.broadcast_in_dim %3, dims = [0] : (tensor<32xi64>) -> tensor<32x32xi64>
    %52 = stablehlo.broadcast_in_dim %3, dims = [1] : (tensor<32xi64>) -> tensor<32x32xi64>
    %53 = stablehlo.compare GE, %51, %52, SIGNED : (tensor<32x32xi64>, tensor<32x32xi64>) -> tensor<32x32xi1>
    %54 = stablehlo.not %53 : tensor<32x32xi1>
    %55 = stablehlo.broadcast_in_dim %54, dims = [2, 3] : (tensor<32x32xi1>) -> tensor<1x4x32x32xi1>
    %56 = stablehlo.select %55, %cst_0, %50 : tensor<1x4x32x32xi1>, tensor<1x4x32x32xf32>
    %57 = stablehlo.reduce(%56 init: %cst_5) applies stablehlo.maximum across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %58 = stablehlo.broadcast_in_dim %57, dims = [0, 1, 2] : (tensor<1x4x32xf32>) -> tensor<1x4x32x32xf32>
    %59 = stablehlo.subtract %56, %58 : tensor<1x4x32x32xf32>
    %60 = stablehlo.exponential %59 : tensor<1x4x32x32xf32>
    %61 = stablehlo.reduce(%60 init: %cst_6) applies stablehlo.add across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %62 = stablehlo.broadcast_in_dim %61, dims = [0, 1, 2] : (tensor<1x4x32xf32>) -> tensor<1x4x32x32xf32>
    %63 = stablehlo.divide %60, %62 : tensor<1x4x32x32xf32>
    %64 = stablehlo.reshape %63 : (tensor<1x4x32x32xf32>) -> tensor<4x32x32xf32>
    %65 = stablehlo.reshape %44 : (tensor<1x2x2x32x8xf32>) -> tensor<4x32x8xf32>
    %66 = stablehlo.dot_general %64, %65, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x32xf32>, tensor<4x32x8xf32>) -> tensor<4x32x8xf32>
    %67 = stablehlo.reshape %66 : (tensor<4x32x8xf32>) -> tensor<1x4x32x8xf32>
    %68 = stablehlo.transpose %67, dims = [0, 2, 1, 3] : (tensor<1x4x32x8xf32>) -> tensor<1x32x4x8xf32>
    %69 = stablehlo.reshape %68 : (tensor<1x32x4x8xf32>) -> tensor<32x32xf32>
    %70 = stablehlo.transpose %arg8, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %71 = stablehlo.dot_general %69, %70, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %72 = stablehlo.broadcast_in_dim %arg9, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %73 = stablehlo.add %71, %72 : tensor<32x32xf32>
    %74 = stablehlo.reshape %73 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %75 = stablehlo.add %6, %74 : tensor<1x32x32xf32>
    %76 = stablehlo.reduce(%75 init: %cst_6) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %77 = stablehlo.reshape %76 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %78 = stablehlo.divide %77, %cst_3 : tensor<1x32x1xf32>
    %79 = stablehlo.broadcast_in_dim %78, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %80 = stablehlo.subtract %75, %79 : tensor<1x32x32xf32>
    %81 = stablehlo.multiply %80, %80 : tensor<1x32x32xf32>
    %82 = stablehlo.reduce(%81 init: %cst_6) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %83 = stablehlo.reshape %82 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %84 = stablehlo.divide %83, %cst_3 : tensor<1x32x1xf32>
    %85 = stablehlo.add %84, %cst_2 : tensor<1x32x1xf32>
    %86 = stablehlo.rsqrt %85 : tensor<1x32x1xf32>
    %87 = stablehlo.broadcast_in_dim %86, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %88 = stablehlo.multiply %80, %87 : tensor<1x32x32xf32>
    %89 = stablehlo.broadcast_in_dim %arg10, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %90 = stablehlo.multiply %88, %89 : tensor<1x32x32xf32>
    %91 = stablehlo.broadcast_in_dim %arg11, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %92 = stablehlo.add %90, %91 : tensor<1x32x32xf32>
    %93 = stablehlo.reshape %92 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %94 = stablehlo.transpose %arg12, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %95 = stablehlo.dot_general %93, %94, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x128xf32>) -> tensor<32x128xf32>
    %96 = stablehlo.broadcast_in_dim %arg13, dims = [1] : (tensor<128xf32>) -> tensor<32x128xf32>
    %97 = stablehlo.add %95, %96 : tensor<32x128xf32>
    %98 = stablehlo.reshape %97 : (tensor<32x128xf32>) -> tensor<1x32x128xf32>
    %99 = stablehlo.multiply %98, %cst_8 : tensor<1x32x128xf32>
    %100 = stablehlo.multiply %98, %cst : tensor<1x32x128xf32>
    %101 = stablehlo.clamp %cst_9, %100, %cst_10 : tensor<1x32x128xf32>
    %102 = stablehlo.multiply %101, %101 : tensor<1x32x128xf32>
    %103 = stablehlo.multiply %cst_11, %102 : tensor<1x32x128xf32>
    %104 = stablehlo.add %103, %cst_12 : tensor<1x32x128xf32>
    %105 = stablehlo.multiply %104, %102 : tensor<1x32x128xf32>
    %106 = stablehlo.add %105, %cst_13 : tensor<1x32x128xf32>
    %107 = stablehlo.multiply %106, %102 : tensor<1x32x128xf32>
    %108 = stablehlo.add %107, %cst_14 : tensor<1x32x128xf32>
    %109 = stablehlo.multiply %108, %102 : tensor<1x32x128xf32>
    %110 = stablehlo.add %109, %cst_15 : tensor<1x32x128xf32>
    %111 = stablehlo.multiply %110, %102 : tensor<1x32x128xf32>
    %112 = stablehlo.add %111, %cst_16 : tensor<1x32x128xf32>
    %113 = stablehlo.multiply %112, %102 : tensor<1x32x128xf32>
    %114 = stablehlo.add %113, %cst_17 : tensor<1x32x128xf32>
    %115 = stablehlo.multiply %cst_18, %102 : tensor<1x32x128xf32>
    %116 = stablehlo.add %115, %cst_19 : tensor<1x32x128xf32>
    %117 = stablehlo.multiply %116, %102 : tensor<1x32x128xf32>
    %118 = stablehlo.add %117, %cst_20 : tensor<1x32x128xf32>
    %119 = stablehlo.multiply %118, %102 : tensor<1x32x128xf32>
    %120 = stablehlo.add %119, %cst_21 : tensor<1x32x128xf32>
    %121 = stablehlo.multiply %120, %102 : tensor<1x32x128xf32>
    %122 = stablehlo.add %121, %cst_22 : tensor<1x32x128xf32>
    %123 = stablehlo.multiply %101, %114 : tensor<1x32x128xf32>
    %124 = stablehlo.divide %123, %122 : tensor<1x32x128xf32>
    %125 = stablehlo.clamp %cst_23, %124, %cst_7 : tensor<1x32x128xf32>
    %126 = stablehlo.add %125, %cst_7 : tensor<1x32x128xf32>
    %127 = stablehlo.multiply %126, %99 : tensor<1x32x128xf32>
    %128 = stablehlo.reshape %127 : (tensor<1x32x128xf32>) -> tensor<32x128xf32>
    %129 = stablehlo.transpose %arg14, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %130 = stablehlo.dot_general %128, %129, contracting_dims = [1] x [0] : (tensor<32x128xf32>, tensor<128x32xf32>) -> tensor<32x32xf32>
    %131 = stablehlo.broadcast_in_dim %arg15, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %132 = stablehlo.add %130, %131 : tensor<32x32xf32>
    %133 = stablehlo.reshape %132 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %134 = stablehlo.add %75, %133 : tensor<1x32x32xf32>
    %135 = stablehlo.reduce(%134 init: %cst_6) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %136 = stablehlo.reshape %135 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %137 = stablehlo.divide %136, %cst_3 : tensor<1x32x1xf32>
    %138 = stablehlo.broadcast_in_dim %137, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %139 = stablehlo.subtract %134, %138 : tensor<1x32x32xf32>
    %140 = stablehlo.multiply %139, %139 : tensor<1x32x32xf32>
    %141 = stablehlo.reduce(%140 init: %cst_6) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %142 = stablehlo.reshape %141 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %143 = stablehlo.divide %142, %cst_3 : tensor<1x32x1xf32>
    %144 = stablehlo.add %143, %cst_2 : tensor<1x32x1xf32>
    %145 = stablehlo.rsqrt %144 : tensor<1x32x1xf32>
    %146 = stablehlo.broadcast_in_dim %145, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %147 = stablehlo.multiply %139, %146 : tensor<1x32x32xf32>
    %148 = stablehlo.broadcast_in_dim %arg16, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %149 = stablehlo.multiply %147, %148 : tensor<1x32x32xf32>
    %150 = stablehlo.broadcast_in_dim %arg17, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %151 = stablehlo.add %149, %150 : tensor<1x32x32xf32>
    %152 = stablehlo.reshape %151 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %153 = stablehlo.transpose %arg20, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %154 = stablehlo.dot_general %152, %153, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %155 = stablehlo.broadcast_in_dim %arg21, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %156 = stablehlo.add %154, %155 : tensor<32x32xf32>
    %157 = stablehlo.reshape %156 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %158 = stablehlo.slice %157 [0:1, 0:32, 0:16] : (tensor<1x32x32xf32>) -> tensor<1x32x16xf32>
    %159 = stablehlo.slice %157 [0:1, 0:32, 16:32] : (tensor<1x32x32xf32>) -> tensor<1x32x16xf32>
    %160 = stablehlo.transpose %arg18, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %161 = stablehlo.dot_general %152, %160, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %162 = stablehlo.broadcast_in_dim %arg19, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %163 = stablehlo.add %161, %162 : tensor<32x32xf32>
    %164 = stablehlo.reshape %163 : (tensor<32x32xf32>) -> tensor<1x32x4x8xf32>
    %165 = stablehlo.transpose %164, dims = [0, 2, 1, 3] : (tensor<1x32x4x8xf32>) -> tensor<1x4x32x8xf32>
    %166 = stablehlo.reshape %158 : (tensor<1x32x16xf32>) -> tensor<1x32x2x8xf32>
    %167 = stablehlo.transpose %166, dims = [0, 2, 1, 3] : (tensor<1x32x2x8xf32>) -> tensor<1x2x32x8xf32>
    %168 = stablehlo.reshape %159 : (tensor<1x32x16xf32>) -> tensor<1x32x2x8xf32>
    %169 = stablehlo.transpose %168, dims = [0, 2, 1, 3] : (tensor<1x32x2x8xf32>) -> tensor<1x2x32x8xf32>
    %170 = stablehlo.broadcast_in_dim %167, dims = [0, 1, 3, 4] : (tensor<1x2x32x8xf32>) -> tensor<1x2x2x32x8xf32>
    %171 = stablehlo.reshape %170 : (tensor<1x2x2x32x8xf32>) -> tensor<1x4x32x8xf32>
    %172 = stablehlo.broadcast_in_dim %169, dims = [0, 1, 3, 4] : (tensor<1x2x32x8xf32>) -> tensor<1x2x2x32x8xf32>
    %173 = stablehlo.transpose %171, dims = [0, 1, 3, 2] : (tensor<1x4x32x8xf32>) -> tensor<1x4x8x32xf32>
    %174 = stablehlo.reshape %165 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %175 = stablehlo.reshape %173 : (tensor<1x4x8x32xf32>) -> tensor<4x8x32xf32>
    %176 = stablehlo.dot_general %174, %175, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x8xf32>, tensor<4x8x32xf32>) -> tensor<4x32x32xf32>
    %177 = stablehlo.reshape %176 : (tensor<4x32x32xf32>) -> tensor<1x4x32x32xf32>
    %178 = stablehlo.multiply %177, %cst_1 : tensor<1x4x32x32xf32>
    %179 = stablehlo.select %55, %cst_0, %178 : tensor<1x4x32x32xi1>, tensor<1x4x32x32xf32>
    %180 = stablehlo.reduce(%179 init: %cst_5) applies stablehlo.maximum across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %181 = stablehlo.broadcast_in_dim %180, dims = [0, 1, 2] : (tensor<1x4x32xf32>) -> tensor<1x4x32x32xf32>
    %182 = stablehlo.subtract %179, %181 : tensor<1x4x32x32xf32>
    %183 = stablehlo.exponential %182 : tensor<1x4x32x32xf32>
    %184 = stablehlo.reduce(%183 init: %cst_6) applies stablehlo.add across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %185 = stablehlo.broadcast_in_dim %184, dims = [0, 1, 2] : (tensor<1x4x32xf32>) -> tensor<1x4x32x32xf32>
    %186 = stablehlo.divide %183, %185 : tensor<1x4x32x32xf32>
    %187 = stablehlo.reshape %186 : (tensor<1x4x32x32xf32>) -> tensor<4x32x32xf32>
    %188 = stablehlo.reshape %172 : (tensor<1x2x2x32x8xf32>) -> tensor<4x32x8xf32>
    %189 = stablehlo.dot_general %187, %188, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x32xf32>, tensor<4x32x8xf32>) -> tensor<4x32x8xf32>
    %190 = stablehlo.reshape %189 : (tensor<4x32x8xf32>) -> tensor<1x4x32x8xf32>
    %191 = stablehlo.transpose %190, dims = [0, 2, 1, 3] : (tensor<1x4x32x8xf32>) -> tensor<1x32x4x8xf32>
    %192 = stablehlo.reshape %191 : (tensor<1x32x4x8xf32>) -> tensor<32x32xf32>
    %193 = stablehlo.transpose %arg22, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %194 = stablehlo.dot_general %192, %193, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %195 = stablehlo.broadcast_in_dim %arg23, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %196 = stablehlo.add %194, %195 : tensor<32x32xf32>
    %197 = stablehlo.reshape %196 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %198 = stablehlo.add %134, %197 : tensor<1x32x32xf32>
    %199 = stablehlo.reduce(%198 init: %cst_6) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %200 = stablehlo.reshape %199 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %201 = stablehlo.divide %200, %cst_3 : tensor<1x32x1xf32>
    %202 = stablehlo.broadcast_in_dim %201, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %203 = stablehlo.subtract %198, %202 : tensor<1x32x32xf32>
    %204 = stablehlo.multiply %203, %203 : tensor<1x32x32xf32>
    %205 = stablehlo.reduce(%204 init: %cst_6) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %206 = stablehlo.reshape %205 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %207 = stablehlo.divide %206, %cst_3 : tensor<1x32x1xf32>
    %208 = stablehlo.add %207, %cst_2 : tensor<1x32x1xf32>
    %209 = stablehlo.rsqrt %208 : tensor<1x32x1xf32>
    %210 = stablehlo.broadcast_in_dim %209, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %211 = stablehlo.multiply %203, %210 : tensor<1x32x32xf32>
    %212 = stablehlo.broadcast_in_dim %arg24, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %213 = stablehlo.multiply %211, %212 : tensor<1x32x32xf32>
    %214 = stablehlo.broadcast_in_dim %arg25, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %215 = stablehlo.add %213, %214 : tensor<1x32x32xf32>
    %216 = stablehlo.reshape %215 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %217 = stablehlo.transpose %arg26, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %218 = stablehlo.dot_general %216, %217, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x128xf32>) -> tensor<32x128xf32>
    %219 = stablehlo.broadcast_in_dim %arg27, dims = [1] : (tensor<128xf32>) -> tensor<32x128xf32>
    %220 = stablehlo.add %218, %219 : tensor<32x128xf32>
    %221 = stablehlo.reshape %220 : (tensor<32x128xf32>) -> tensor<1x32x128xf32>
    %222 = stablehlo.multiply %221, %cst_8 : tensor<1x32x128xf32>
    %223 = stablehlo.multiply %221, %cst : tensor<1x32x128xf32>
    %224 = stablehlo.clamp %cst_9, %223, %cst_10 : tensor<1x32x128xf32>
    %225 = stablehlo.multiply %224, %224 : tensor<1x32x128xf32>
    %226 = stablehlo.multiply %cst_11, %225 : tensor<1x32x128xf32>
    %227 = stablehlo.add %226, %cst_12 : tensor<1x32x128xf32>
    %228 = stablehlo.multiply %227, %225 : tensor<1x32x128xf32>
    %229 = stablehlo.add %228, %cst_13 : tensor<1x32x128xf32>
    %230 = stablehlo.multiply %229, %225 : tensor<1x32x128xf32>
    %231 = stablehlo.add %230, %cst_14 : tensor<1x32x128xf32>
    %232 = stablehlo.multiply %231, %225 : tensor<1x32x128xf32>
    %233 = stablehlo.add %232, %cst_15 : tensor<1x32x128xf32>
    %234 = stablehlo.multiply %233, %225 : tensor<1x32x128xf32>
    %235 = stablehlo.add %234, %cst_16 : tensor<1x32x128xf32>
    %236 = stablehlo.multiply %235, %225 : tensor<1x32x128xf32>
    %237 = stablehlo.add %236, %cst_17 : tensor<1x32x128xf32>
    %238 = stablehlo.multiply %cst_18, %225 : tensor<1x32x128xf32>
    %239 = stablehlo.add %238, %cst_19 : tensor<1x32x128xf32>
    %240 = stablehlo.multiply %239, %225 : tensor<1x32x128xf32>
    %241 = stablehlo.add %240, %cst_20 : tensor<1x32x128xf32>
    %242 = stablehlo.multiply %241, %225 : tensor<1x32x128xf32>
    %243 = stablehlo.add %242, %cst_21 : tensor<1x32x128xf32>
    %244 = stablehlo.multiply %243, %225 : tensor<1x32x128xf32>
    %245 = stablehlo.add %244, %cst_22 : tensor<1x32x128xf32>
    %246 = stablehlo.multiply %224, %237 : tensor<1x32x128xf32>
    %247 = stablehlo.divide %246, %245 : tensor<1x32x128xf32>
    %248 = stablehlo.clamp %cst_23, %247, %cst_7 : tensor<1x32x128xf32>
    %249 = stablehlo.add %248, %cst_7 : tensor<1x32x128xf32>
    %250 = stablehlo.multiply %249, %222 : tensor<1x32x128xf32>
    %251 = stablehlo.reshape %250 : (tensor<1x32x128xf32>) -> tensor<32x128xf32>
    %252 = stablehlo.transpose %arg28, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %253 = stablehlo.dot_general %251, %252, contracting_dims = [1] x [0] : (tensor<32x128xf32>, tensor<128x32xf32>) -> tensor<32x32xf32>
    %254 = stablehlo.broadcast_in_dim %arg29, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %255 = stablehlo.add %253, %254 : tensor<32x32xf32>
    %256 = stablehlo.reshape %255 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %257 = stablehlo.add %198, %256 : tensor<1x32x32xf32>
    %258 = stablehlo.reduce(%257 init: %cst_6) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %259 = stablehlo.reshape %258 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %260 = stablehlo.divide %259, %cst_3 : tensor<1x32x1xf32>
    %261 = stablehlo.broadcast_in_dim %260, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %262 = stablehlo.subtract %257, %261 : tensor<1x32x32xf32>
    %263 = stablehlo.multiply %262, %262 : tensor<1x32x32xf32>
    %264 = stablehlo.reduce(%263 init: %cst_6) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %265 = stablehlo.reshape %264 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %266 = stablehlo.divide %265, %cst_3 : tensor<1x32x1xf32>
    %267 = stablehlo.add %266, %cst_2 : tensor<1x32x1xf32>
    %268 = stablehlo.rsqrt %267 : tensor<1x32x1xf32>
    %269 = stablehlo.broadcast_in_dim %268, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %270 = stablehlo.multiply %262, %269 : tensor<1x32x32xf32>
    %271 = stablehlo.broadcast_in_dim %arg30, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %272 = stablehlo.multiply %270, %271 : tensor<1x32x32xf32>
    %273 = stablehlo.broadcast_in_dim %arg31, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %274 = stablehlo.add %272, %273 : tensor<1x32x32xf32>
    %275 = stablehlo.transpose %arg0, dims = [1, 0] : (tensor<65x32xf32>) -> tensor<32x65xf32>
    %276 = stablehlo.reshape %274 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %277 = stablehlo.dot_general %276, %275, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x65xf32>) -> tensor<32x65xf32>
    %278 = stablehlo.reshape %277 : (tensor<32x65xf32>) -> tensor<1x32x65xf32>
    return %278 : tensor<1x32x65xf32>
  }
}
