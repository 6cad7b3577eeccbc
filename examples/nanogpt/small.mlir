module attributes {pcp.format = 1 : i64} {
  func.func @main(%arg0: tensor<65x32xf32> {pcp.name = "wte.weight", pcp.role = "param"}, %arg1: tensor<32x32xf32> {pcp.name = "wpe.weight", pcp.role = "param"}, %arg2: tensor<32xf32> {pcp.name = "blocks.0.norm1.weight", pcp.role = "param"}, %arg3: tensor<32xf32> {pcp.name = "blocks.0.norm1.bias", pcp.role = "param"}, %arg4: tensor<32x32xf32> {pcp.name = "blocks.0.attn.q.weight", pcp.role = "param"}, %arg5: tensor<32xf32> {pcp.name = "blocks.0.attn.q.bias", pcp.role = "param"}, %arg6: tensor<64x32xf32> {pcp.name = "blocks.0.attn.kv.weight", pcp.role = "param"}, %arg7: tensor<64xf32> {pcp.name = "blocks.0.attn.kv.bias", pcp.role = "param"}, %arg8: tensor<32x32xf32> {pcp.name = "blocks.0.attn.out.weight", pcp.role = "param"}, %arg9: tensor<32xf32> {pcp.name = "blocks.0.attn.out.bias", pcp.role = "param"}, %arg10: tensor<32xf32> {pcp.name = "blocks.0.norm2.weight", pcp.role = "param"}, %arg11: tensor<32xf32> {pcp.name = "blocks.0.norm2.bias", pcp.role = "param"}, %arg12: tensor<128x32xf32> {pcp.name = "blocks.0.up.weight", pcp.role = "param"}, %arg13: tensor<128xf32> {pcp.name = "blocks.0.up.bias", pcp.role = "param"}, %arg14: tensor<32x128xf32> {pcp.name = "blocks.0.down.weight", pcp.role = "param"}, %arg15: tensor<32xf32> {pcp.name = "blocks.0.down.bias", pcp.role = "param"}, %arg16: tensor<32xf32> {pcp.name = "blocks.1.norm1.weight", pcp.role = "param"}, %arg17: tensor<32xf32> {pcp.name = "blocks.1.norm1.bias", pcp.role = "param"}, %arg18: tensor<32x32xf32> {pcp.name = "blocks.1.attn.q.weight", pcp.role = "param"}, %arg19: tensor<32xf32> {pcp.name = "blocks.1.attn.q.bias", pcp.role = "param"}, %arg20: tensor<64x32xf32> {pcp.name = "blocks.1.attn.kv.weight", pcp.role = "param"}, %arg21: tensor<64xf32> {pcp.name = "blocks.1.attn.kv.bias", pcp.role = "param"}, %arg22: tensor<32x32xf32> {pcp.name = "blocks.1.attn.out.weight", pcp.role = "param"}, %arg23: tensor<32xf32> {pcp.name = "blocks.1.attn.out.bias", pcp.role = "param"}, %arg24: tensor<32xf32> {pcp.name = "blocks.1.norm2.weight", pcp.role = "param"}, %arg25: tensor<32xf32> {pcp.name = "blocks.1.norm2.bias", pcp.role = "param"}, %arg26: tensor<128x32xf32> {pcp.name = "blocks.1.up.weight", pcp.role = "param"}, %arg27: tensor<128xf32> {pcp.name = "blocks.1.up.bias", pcp.role = "param"}, %arg28: tensor<32x128xf32> {pcp.name = "blocks.1.down.weight", pcp.role = "param"}, %arg29: tensor<32xf32> {pcp.name = "blocks.1.down.bias", pcp.role = "param"}, %arg30: tensor<32xf32> {pcp.name = "norm.weight", pcp.role = "param"}, %arg31: tensor<32xf32> {pcp.name = "norm.bias", pcp.role = "param"}, %arg32: tensor<4x32xi64> {pcp.name = "tokens", pcp.role = "data"}, %arg33: tensor<4x32xi64> {pcp.name = "targets", pcp.role = "data"}) -> (tensor<f32> {pcp.name = "loss", pcp.role = "loss"}) {
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
    %25 = stablehlo.transpose %arg6, dims = [1, 0] : (tensor<64x32xf32>) -> tensor<32x64xf32>
    %26 = stablehlo.dot_general %24, %25, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x64xf32>) -> tensor<128x64xf32>
    %27 = stablehlo.broadcast_in_dim %arg7, dims = [1] : (tensor<64xf32>) -> tensor<128x64xf32>
    %28 = stablehlo.add %26, %27 : tensor<128x64xf32>
    %29 = stablehlo.reshape %28 : (tensor<128x64xf32>) -> tensor<4x32x64xf32>
    %30 = stablehlo.slice %29 [0:4, 0:32, 0:32] : (tensor<4x32x64xf32>) -> tensor<4x32x32xf32>
    %31 = stablehlo.slice %29 [0:4, 0:32, 32:64] : (tensor<4x32x64xf32>) -> tensor<4x32x32xf32>
    %32 = stablehlo.transpose %arg4, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %33 = stablehlo.dot_general %24, %32, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %34 = stablehlo.broadcast_in_dim %arg5, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %35 = stablehlo.add %33, %34 : tensor<128x32xf32>
    %36 = stablehlo.reshape %35 : (tensor<128x32xf32>) -> tensor<4x32x4x8xf32>
    %37 = stablehlo.transpose %36, dims = [0, 2, 1, 3] : (tensor<4x32x4x8xf32>) -> tensor<4x4x32x8xf32>
    %38 = stablehlo.reshape %30 : (tensor<4x32x32xf32>) -> tensor<4x32x4x8xf32>
    %39 = stablehlo.reshape %31 : (tensor<4x32x32xf32>) -> tensor<4x32x4x8xf32>
    %40 = stablehlo.transpose %39, dims = [0, 2, 1, 3] : (tensor<4x32x4x8xf32>) -> tensor<4x4x32x8xf32>
    %41 = stablehlo.transpose %38, dims = [0, 2, 3, 1] : (tensor<4x32x4x8xf32>) -> tensor<4x4x8x32xf32>
    %42 = stablehlo.reshape %37 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %43 = stablehlo.reshape %41 : (tensor<4x4x8x32xf32>) -> tensor<16x8x32xf32>
    %44 = stablehlo.dot_general %42, %43, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x8xf32>, tensor<16x8x32xf32>) -> tensor<16x32x32xf32>
    %45 = stablehlo.reshape %44 : (tensor<16x32x32xf32>) -> tensor<4x4x32x32xf32>
    %46 = stablehlo.multiply %45, %cst_2 : tensor<4x4x32x32xf32>
    %47 = stablehlo.broadcast_in_dim %3, dims = [0] : (tensor<32xi64>) -> tensor<32x32xi64>
    %48 = stablehlo.broadcast_in_dim %3, dims = [1] : (tensor<32xi64>) -> tensor<32x32xi64>
    %49 = stablehlo.compare GE, %47, %48, SIGNED : (tensor<32x32xi64>, tensor<32x32xi64>) -> tensor<32x32xi1>
    %50 = stablehlo.not %49 : tensor<32x32xi1>
    %51 = stablehlo.broadcast_in_dim %50, dims = [2, 3] : (tensor<32x32xi1>) -> tensor<4x4x32x32xi1>
    %52 = stablehlo.select %51, %cst_1, %46 : tensor<4x4x32x32xi1>, tensor<4x4x32x32xf32>
    %53 = stablehlo.reduce(%52 init: %cst_10) applies stablehlo.maximum across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %54 = stablehlo.broadcast_in_dim %53, dims = [0, 1, 2] : (tensor<4x4x32xf32>) -> tensor<4x4x32x32xf32>
    %55 = stablehlo.subtract %52, %54 : tensor<4x4x32x32xf32>
    %56 = stablehlo.exponential %55 : tensor<4x4x32x32xf32>
    %57 = stablehlo.reduce(%56 init: %cst_8) applies stablehlo.add across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %58 = stablehlo.broadcast_in_dim %57, dims = [0, 1, 2] : (tensor<4x4x32xf32>) -> tensor<4x4x32x32xf32>
    %59 = stablehlo.divide %56, %58 : tensor<4x4x32x32xf32>
    %60 = stablehlo.reshape %59 : (tensor<4x4x32x32xf32>) -> tensor<16x32x32xf32>
    %61 = stablehlo.reshape %40 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %62 = stablehlo.dot_general %60, %61, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x32xf32>, tensor<16x32x8xf32>) -> tensor<16x32x8xf32>
    %63 = stablehlo.reshape %62 : (tensor<16x32x8xf32>) -> tensor<4x4x32x8xf32>
    %64 = stablehlo.transpose %63, dims = [0, 2, 1, 3] : (tensor<4x4x32x8xf32>) -> tensor<4x32x4x8xf32>
    %65 = stablehlo.reshape %64 : (tensor<4x32x4x8xf32>) -> tensor<128x32xf32>
    %66 = stablehlo.transpose %arg8, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %67 = stablehlo.dot_general %65, %66, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %68 = stablehlo.broadcast_in_dim %arg9, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %69 = stablehlo.add %67, %68 : tensor<128x32xf32>
    %70 = stablehlo.reshape %69 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %71 = stablehlo.add %6, %70 : tensor<4x32x32xf32>
    %72 = stablehlo.reduce(%71 init: %cst_8) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %73 = stablehlo.reshape %72 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %74 = stablehlo.divide %73, %cst_4 : tensor<4x32x1xf32>
    %75 = stablehlo.broadcast_in_dim %74, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %76 = stablehlo.subtract %71, %75 : tensor<4x32x32xf32>
    %77 = stablehlo.multiply %76, %76 : tensor<4x32x32xf32>
    %78 = stablehlo.reduce(%77 init: %cst_8) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %79 = stablehlo.reshape %78 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %80 = stablehlo.divide %79, %cst_4 : tensor<4x32x1xf32>
    %81 = stablehlo.add %80, %cst_3 : tensor<4x32x1xf32>
    %82 = stablehlo.rsqrt %81 : tensor<4x32x1xf32>
    %83 = stablehlo.broadcast_in_dim %82, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %84 = stablehlo.multiply %76, %83 : tensor<4x32x32xf32>
    %85 = stablehlo.broadcast_in_dim %arg10, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %86 = stablehlo.multiply %84, %85 : tensor<4x32x32xf32>
    %87 = stablehlo.broadcast_in_dim %arg11, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %88 = stablehlo.add %86, %87 : tensor<4x32x32xf32>
    %89 = stablehlo.reshape %88 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %90 = stablehlo.transpose %arg12, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %91 = stablehlo.dot_general %89, %90, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x128xf32>) -> tensor<128x128xf32>
    %92 = stablehlo.broadcast_in_dim %arg13, dims = [1] : (tensor<128xf32>) -> tensor<128x128xf32>
    %93 = stablehlo.add %91, %92 : tensor<128x128xf32>
    %94 = stablehlo.reshape %93 : (tensor<128x128xf32>) -> tensor<4x32x128xf32>
    %95 = stablehlo.multiply %94, %cst_12 : tensor<4x32x128xf32>
    %96 = stablehlo.multiply %94, %cst_0 : tensor<4x32x128xf32>
    %97 = stablehlo.clamp %cst_13, %96, %cst_14 : tensor<4x32x128xf32>
    %98 = stablehlo.multiply %97, %97 : tensor<4x32x128xf32>
    %99 = stablehlo.multiply %cst_15, %98 : tensor<4x32x128xf32>
    %100 = stablehlo.add %99, %cst_16 : tensor<4x32x128xf32>
    %101 = stablehlo.multiply %100, %98 : tensor<4x32x128xf32>
    %102 = stablehlo.add %101, %cst_17 : tensor<4x32x128xf32>
    %103 = stablehlo.multiply %102, %98 : tensor<4x32x128xf32>
    %104 = stablehlo.add %103, %cst_18 : tensor<4x32x128xf32>
    %105 = stablehlo.multiply %104, %98 : tensor<4x32x128xf32>
    %106 = stablehlo.add %105, %cst_19 : tensor<4x32x128xf32>
    %107 = stablehlo.multiply %106, %98 : tensor<4x32x128xf32>
    %108 = stablehlo.add %107, %cst_20 : tensor<4x32x128xf32>
    %109 = stablehlo.multiply %108, %98 : tensor<4x32x128xf32>
    %110 = stablehlo.add %109, %cst_21 : tensor<4x32x128xf32>
    %111 = stablehlo.multiply %cst_22, %98 : tensor<4x32x128xf32>
    %112 = stablehlo.add %111, %cst_23 : tensor<4x32x128xf32>
    %113 = stablehlo.multiply %112, %98 : tensor<4x32x128xf32>
    %114 = stablehlo.add %113, %cst_24 : tensor<4x32x128xf32>
    %115 = stablehlo.multiply %114, %98 : tensor<4x32x128xf32>
    %116 = stablehlo.add %115, %cst_25 : tensor<4x32x128xf32>
    %117 = stablehlo.multiply %116, %98 : tensor<4x32x128xf32>
    %118 = stablehlo.add %117, %cst_26 : tensor<4x32x128xf32>
    %119 = stablehlo.multiply %97, %110 : tensor<4x32x128xf32>
    %120 = stablehlo.divide %119, %118 : tensor<4x32x128xf32>
    %121 = stablehlo.clamp %cst_27, %120, %cst_11 : tensor<4x32x128xf32>
    %122 = stablehlo.add %121, %cst_11 : tensor<4x32x128xf32>
    %123 = stablehlo.multiply %122, %95 : tensor<4x32x128xf32>
    %124 = stablehlo.reshape %123 : (tensor<4x32x128xf32>) -> tensor<128x128xf32>
    %125 = stablehlo.transpose %arg14, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %126 = stablehlo.dot_general %124, %125, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x32xf32>) -> tensor<128x32xf32>
    %127 = stablehlo.broadcast_in_dim %arg15, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %128 = stablehlo.add %126, %127 : tensor<128x32xf32>
    %129 = stablehlo.reshape %128 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %130 = stablehlo.add %71, %129 : tensor<4x32x32xf32>
    %131 = stablehlo.reduce(%130 init: %cst_8) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %132 = stablehlo.reshape %131 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %133 = stablehlo.divide %132, %cst_4 : tensor<4x32x1xf32>
    %134 = stablehlo.broadcast_in_dim %133, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %135 = stablehlo.subtract %130, %134 : tensor<4x32x32xf32>
    %136 = stablehlo.multiply %135, %135 : tensor<4x32x32xf32>
    %137 = stablehlo.reduce(%136 init: %cst_8) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %138 = stablehlo.reshape %137 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %139 = stablehlo.divide %138, %cst_4 : tensor<4x32x1xf32>
    %140 = stablehlo.add %139, %cst_3 : tensor<4x32x1xf32>
    %141 = stablehlo.rsqrt %140 : tensor<4x32x1xf32>
    %142 = stablehlo.broadcast_in_dim %141, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %143 = stablehlo.multiply %135, %142 : tensor<4x32x32xf32>
    %144 = stablehlo.broadcast_in_dim %arg16, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %145 = stablehlo.multiply %143, %144 : tensor<4x32x32xf32>
    %146 = stablehlo.broadcast_in_dim %arg17, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %147 = stablehlo.add %145, %146 : tensor<4x32x32xf32>
    %148 = stablehlo.reshape %147 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %149 = stablehlo.transpose %arg20, dims = [1, 0] : (tensor<64x32xf32>) -> tensor<32x64xf32>
    %150 = stablehlo.dot_general %148, %149, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x64xf32>) -> tensor<128x64xf32>
    %151 = stablehlo.broadcast_in_dim %arg21, dims = [1] : (tensor<64xf32>) -> tensor<128x64xf32>
    %152 = stablehlo.add %150, %151 : tensor<128x64xf32>
    %153 = stablehlo.reshape %152 : (tensor<128x64xf32>) -> tensor<4x32x64xf32>
    %154 = stablehlo.slice %153 [0:4, 0:32, 0:32] : (tensor<4x32x64xf32>) -> tensor<4x32x32xf32>
    %155 = stablehlo.slice %153 [0:4, 0:32, 32:64] : (tensor<4x32x64xf32>) -> tensor<4x32x32xf32>
    %156 = stablehlo.transpose %arg18, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %157 = stablehlo.dot_general %148, %156, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %158 = stablehlo.broadcast_in_dim %arg19, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %159 = stablehlo.add %157, %158 : tensor<128x32xf32>
    %160 = stablehlo.reshape %159 : (tensor<128x32xf32>) -> tensor<4x32x4x8xf32>
    %161 = stablehlo.transpose %160, dims = [0, 2, 1, 3] : (tensor<4x32x4x8xf32>) -> tensor<4x4x32x8xf32>
    %162 = stablehlo.reshape %154 : (tensor<4x32x32xf32>) -> tensor<4x32x4x8xf32>
    %163 = stablehlo.reshape %155 : (tensor<4x32x32xf32>) -> tensor<4x32x4x8xf32>
    %164 = stablehlo.transpose %163, dims = [0, 2, 1, 3] : (tensor<4x32x4x8xf32>) -> tensor<4x4x32x8xf32>
    %165 = stablehlo.transpose %162, dims = [0, 2, 3, 1] : (tensor<4x32x4x8xf32>) -> tensor<4x4x8x32xf32>
    %166 = stablehlo.reshape %161 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %167 = stablehlo.reshape %165 : (tensor<4x4x8x32xf32>) -> tensor<16x8x32xf32>
    %168 = stablehlo.dot_general %166, %167, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x8xf32>, tensor<16x8x32xf32>) -> tensor<16x32x32xf32>
    %169 = stablehlo.reshape %168 : (tensor<16x32x32xf32>) -> tensor<4x4x32x32xf32>
    %170 = stablehlo.multiply %169, %cst_2 : tensor<4x4x32x32xf32>
    %171 = stablehlo.select %51, %cst_1, %170 : tensor<4x4x32x32xi1>, tensor<4x4x32x32xf32>
    %172 = stablehlo.reduce(%171 init: %cst_10) applies stablehlo.maximum across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %173 = stablehlo.broadcast_in_dim %172, dims = [0, 1, 2] : (tensor<4x4x32xf32>) -> tensor<4x4x32x32xf32>
    %174 = stablehlo.subtract %171, %173 : tensor<4x4x32x32xf32>
    %175 = stablehlo.exponential %174 : tensor<4x4x32x32xf32>
    %176 = stablehlo.reduce(%175 init: %cst_8) applies stablehlo.add across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %177 = stablehlo.broadcast_in_dim %176, dims = [0, 1, 2] : (tensor<4x4x32xf32>) -> tensor<4x4x32x32xf32>
    %178 = stablehlo.divide %175, %177 : tensor<4x4x32x32xf32>
    %179 = stablehlo.reshape %178 : (tensor<4x4x32x32xf32>) -> tensor<16x32x32xf32>
    %180 = stablehlo.reshape %164 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %181 = stablehlo.dot_general %179, %180, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x32xf32>, tensor<16x32x8xf32>) -> tensor<16x32x8xf32>
    %182 = stablehlo.reshape %181 : (tensor<16x32x8xf32>) -> tensor<4x4x32x8xf32>
    %183 = stablehlo.transpose %182, dims = [0, 2, 1, 3] : (tensor<4x4x32x8xf32>) -> tensor<4x32x4x8xf32>
    %184 = stablehlo.reshape %183 : (tensor<4x32x4x8xf32>) -> tensor<128x32xf32>
    %185 = stablehlo.transpose %arg22, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %186 = stablehlo.dot_general %184, %185, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %187 = stablehlo.broadcast_in_dim %arg23, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %188 = stablehlo.add %186, %187 : tensor<128x32xf32>
    %189 = stablehlo.reshape %188 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %190 = stablehlo.add %130, %189 : tensor<4x32x32xf32>
    %191 = stablehlo.reduce(%190 init: %cst_8) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %192 = stablehlo.reshape %191 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %193 = stablehlo.divide %192, %cst_4 : tensor<4x32x1xf32>
    %194 = stablehlo.broadcast_in_dim %193, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %195 = stablehlo.subtract %190, %194 : tensor<4x32x32xf32>
    %196 = stablehlo.multiply %195, %195 : tensor<4x32x32xf32>
    %197 = stablehlo.reduce(%196 init: %cst_8) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %198 = stablehlo.reshape %197 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %199 = stablehlo.divide %198, %cst_4 : tensor<4x32x1xf32>
    %200 = stablehlo.add %199, %cst_3 : tensor<4x32x1xf32>
    %201 = stablehlo.rsqrt %200 : tensor<4x32x1xf32>
    %202 = stablehlo.broadcast_in_dim %201, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %203 = stablehlo.multiply %195, %202 : tensor<4x32x32xf32>
    %204 = stablehlo.broadcast_in_dim %arg24, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %205 = stablehlo.multiply %203, %204 : tensor<4x32x32xf32>
    %206 = stablehlo.broadcast_in_dim %arg25, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %207 = stablehlo.add %205, %206 : tensor<4x32x32xf32>
    %208 = stablehlo.reshape %207 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %209 = stablehlo.transpose %arg26, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %210 = stablehlo.dot_general %208, %209, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x128xf32>) -> tensor<128x128xf32>
    %211 = stablehlo.broadcast_in_dim %arg27, dims = [1] : (tensor<128xf32>) -> tensor<128x128xf32>
    %212 = stablehlo.add %210, %211 : tensor<128x128xf32>
    %213 = stablehlo.reshape %212 : (tensor<128x128xf32>) -> tensor<4x32x128xf32>
    %214 = stablehlo.multiply %213, %cst_12 : tensor<4x32x128xf32>
    %215 = stablehlo.multiply %213, %cst_0 : tensor<4x32x128xf32>
    %216 = stablehlo.clamp %cst_13, %215, %cst_14 : tensor<4x32x128xf32>
    %217 = stablehlo.multiply %216, %216 : tensor<4x32x128xf32>
    %218 = stablehlo.multiply %cst_15, %217 : tensor<4x32x128xf32>
    %219 = stablehlo.add %218, %cst_16 : tensor<4x32x128xf32>
    %220 = stablehlo.multiply %219, %217 : tensor<4x32x128xf32>
    %221 = stablehlo.add %220, %cst_17 : tensor<4x32x128xf32>
    %222 = stablehlo.multiply %221, %217 : tensor<4x32x128xf32>
    %223 = stablehlo.add %222, %cst_18 : tensor<4x32x128xf32>
    %224 = stablehlo.multiply %223, %217 : tensor<4x32x128xf32>
    %225 = stablehlo.add %224, %cst_19 : tensor<4x32x128xf32>
    %226 = stablehlo.multiply %225, %217 : tensor<4x32x128xf32>
    %227 = stablehlo.add %226, %cst_20 : tensor<4x32x128xf32>
    %228 = stablehlo.multiply %227, %217 : tensor<4x32x128xf32>
    %229 = stablehlo.add %228, %cst_21 : tensor<4x32x128xf32>
    %230 = stablehlo.multiply %cst_22, %217 : tensor<4x32x128xf32>
    %231 = stablehlo.add %230, %cst_23 : tensor<4x32x128xf32>
    %232 = stablehlo.multiply %231, %217 : tensor<4x32x128xf32>
    %233 = stablehlo.add %232, %cst_24 : tensor<4x32x128xf32>
    %234 = stablehlo.multiply %233, %217 : tensor<4x32x128xf32>
    %235 = stablehlo.add %234, %cst_25 : tensor<4x32x128xf32>
    %236 = stablehlo.multiply %235, %217 : tensor<4x32x128xf32>
    %237 = stablehlo.add %236, %cst_26 : tensor<4x32x128xf32>
    %238 = stablehlo.multiply %216, %229 : tensor<4x32x128xf32>
    %239 = stablehlo.divide %238, %237 : tensor<4x32x128xf32>
    %240 = stablehlo.clamp %cst_27, %239, %cst_11 : tensor<4x32x128xf32>
    %241 = stablehlo.add %240, %cst_11 : tensor<4x32x128xf32>
    %242 = stablehlo.multiply %241, %214 : tensor<4x32x128xf32>
    %243 = stablehlo.reshape %242 : (tensor<4x32x128xf32>) -> tensor<128x128xf32>
    %244 = stablehlo.transpose %arg28, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %245 = stablehlo.dot_general %243, %244, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x32xf32>) -> tensor<128x32xf32>
    %246 = stablehlo.broadcast_in_dim %arg29, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %247 = stablehlo.add %245, %246 : tensor<128x32xf32>
    %248 = stablehlo.reshape %247 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %249 = stablehlo.add %190, %248 : tensor<4x32x32xf32>
    %250 = stablehlo.reduce(%249 init: %cst_8) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %251 = stablehlo.reshape %250 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %252 = stablehlo.divide %251, %cst_4 : tensor<4x32x1xf32>
    %253 = stablehlo.broadcast_in_dim %252, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %254 = stablehlo.subtract %249, %253 : tensor<4x32x32xf32>
    %255 = stablehlo.multiply %254, %254 : tensor<4x32x32xf32>
    %256 = stablehlo.reduce(%255 init: %cst_8) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %257 = stablehlo.reshape %256 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %258 = stablehlo.divide %257, %cst_4 : tensor<4x32x1xf32>
    %259 = stablehlo.add %258, %cst_3 : tensor<4x32x1xf32>
    %260 = stablehlo.rsqrt %259 : tensor<4x32x1xf32>
    %261 = stablehlo.broadcast_in_dim %260, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %262 = stablehlo.multiply %254, %261 : tensor<4x32x32xf32>
    %263 = stablehlo.broadcast_in_dim %arg30, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %264 = stablehlo.multiply %262, %263 : tensor<4x32x32xf32>
    %265 = stablehlo.broadcast_in_dim %arg31, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %266 = stablehlo.add %264, %265 : tensor<4x32x32xf32>
    %267 = stablehlo.transpose %arg0, dims = [1, 0] : (tensor<65x32xf32>) -> tensor<32x65xf32>
    %268 = stablehlo.reshape %266 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %269 = stablehlo.dot_general %268, %267, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x65xf32>) -> tensor<128x65xf32>
    %270 = stablehlo.reshape %arg33 : (tensor<4x32xi64>) -> tensor<128xi64>
    %271 = stablehlo.reduce(%269 init: %cst_10) applies stablehlo.maximum across dimensions = [1] : (tensor<128x65xf32>, tensor<f32>) -> tensor<128xf32>
    %272 = stablehlo.broadcast_in_dim %271, dims = [0] : (tensor<128xf32>) -> tensor<128x65xf32>
    %273 = stablehlo.subtract %269, %272 : tensor<128x65xf32>
    %274 = stablehlo.exponential %273 : tensor<128x65xf32>
    %275 = stablehlo.reduce(%274 init: %cst_8) applies stablehlo.add across dimensions = [1] : (tensor<128x65xf32>, tensor<f32>) -> tensor<128xf32>
    %276 = stablehlo.reshape %275 : (tensor<128xf32>) -> tensor<128x1xf32>
    %277 = stablehlo.log %276 : tensor<128x1xf32>
    %278 = stablehlo.broadcast_in_dim %277, dims = [0, 1] : (tensor<128x1xf32>) -> tensor<128x65xf32>
    %279 = stablehlo.subtract %273, %278 : tensor<128x65xf32>
    %280 = stablehlo.compare NE, %270, %c_5, SIGNED : (tensor<128xi64>, tensor<128xi64>) -> tensor<128xi1>
    %281 = stablehlo.select %280, %270, %c : tensor<128xi1>, tensor<128xi64>
    %282 = stablehlo.iota dim = 0 : tensor<128x1x1xi64>
    %283 = stablehlo.reshape %281 : (tensor<128xi64>) -> tensor<128x1x1xi64>
    %284 = stablehlo.concatenate %282, %283, dim = 2 : (tensor<128x1x1xi64>, tensor<128x1x1xi64>) -> tensor<128x1x2xi64>
    %285 = "stablehlo.gather"(%279, %284) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0, 1], start_index_map = [0, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1>}> : (tensor<128x65xf32>, tensor<128x1x2xi64>) -> tensor<128x1xf32>
    %286 = stablehlo.reshape %285 : (tensor<128x1xf32>) -> tensor<128xf32>
    %287 = stablehlo.negate %286 : tensor<128xf32>
    %288 = stablehlo.select %280, %287, %cst : tensor<128xi1>, tensor<128xf32>
    %289 = stablehlo.convert %280 : (tensor<128xi1>) -> tensor<128xi64>
    %290 = stablehlo.reduce(%289 init: %c_9) applies stablehlo.add across dimensions = [0] : (tensor<128xi64>, tensor<i64>) -> tensor<i64>
    %291 = stablehlo.convert %290 : (tensor<i64>) -> tensor<f32>
    %292 = stablehlo.reduce(%288 init: %cst_8) applies stablehlo.add across dimensions = [0] : (tensor<128xf32>, tensor<f32>) -> tensor<f32>
    %293 = stablehlo.divide %292, %291 : tensor<f32>
    return %293 : tensor<f32>
  }
  func.func @logits(%arg0: tensor<65x32xf32> {pcp.name = "wte.weight", pcp.role = "param"}, %arg1: tensor<32x32xf32> {pcp.name = "wpe.weight", pcp.role = "param"}, %arg2: tensor<32xf32> {pcp.name = "blocks.0.norm1.weight", pcp.role = "param"}, %arg3: tensor<32xf32> {pcp.name = "blocks.0.norm1.bias", pcp.role = "param"}, %arg4: tensor<32x32xf32> {pcp.name = "blocks.0.attn.q.weight", pcp.role = "param"}, %arg5: tensor<32xf32> {pcp.name = "blocks.0.attn.q.bias", pcp.role = "param"}, %arg6: tensor<64x32xf32> {pcp.name = "blocks.0.attn.kv.weight", pcp.role = "param"}, %arg7: tensor<64xf32> {pcp.name = "blocks.0.attn.kv.bias", pcp.role = "param"}, %arg8: tensor<32x32xf32> {pcp.name = "blocks.0.attn.out.weight", pcp.role = "param"}, %arg9: tensor<32xf32> {pcp.name = "blocks.0.attn.out.bias", pcp.role = "param"}, %arg10: tensor<32xf32> {pcp.name = "blocks.0.norm2.weight", pcp.role = "param"}, %arg11: tensor<32xf32> {pcp.name = "blocks.0.norm2.bias", pcp.role = "param"}, %arg12: tensor<128x32xf32> {pcp.name = "blocks.0.up.weight", pcp.role = "param"}, %arg13: tensor<128xf32> {pcp.name = "blocks.0.up.bias", pcp.role = "param"}, %arg14: tensor<32x128xf32> {pcp.name = "blocks.0.down.weight", pcp.role = "param"}, %arg15: tensor<32xf32> {pcp.name = "blocks.0.down.bias", pcp.role = "param"}, %arg16: tensor<32xf32> {pcp.name = "blocks.1.norm1.weight", pcp.role = "param"}, %arg17: tensor<32xf32> {pcp.name = "blocks.1.norm1.bias", pcp.role = "param"}, %arg18: tensor<32x32xf32> {pcp.name = "blocks.1.attn.q.weight", pcp.role = "param"}, %arg19: tensor<32xf32> {pcp.name = "blocks.1.attn.q.bias", pcp.role = "param"}, %arg20: tensor<64x32xf32> {pcp.name = "blocks.1.attn.kv.weight", pcp.role = "param"}, %arg21: tensor<64xf32> {pcp.name = "blocks.1.attn.kv.bias", pcp.role = "param"}, %arg22: tensor<32x32xf32> {pcp.name = "blocks.1.attn.out.weight", pcp.role = "param"}, %arg23: tensor<32xf32> {pcp.name = "blocks.1.attn.out.bias", pcp.role = "param"}, %arg24: tensor<32xf32> {pcp.name = "blocks.1.norm2.weight", pcp.role = "param"}, %arg25: tensor<32xf32> {pcp.name = "blocks.1.norm2.bias", pcp.role = "param"}, %arg26: tensor<128x32xf32> {pcp.name = "blocks.1.up.weight", pcp.role = "param"}, %arg27: tensor<128xf32> {pcp.name = "blocks.1.up.bias", pcp.role = "param"}, %arg28: tensor<32x128xf32> {pcp.name = "blocks.1.down.weight", pcp.role = "param"}, %arg29: tensor<32xf32> {pcp.name = "blocks.1.down.bias", pcp.role = "param"}, %arg30: tensor<32xf32> {pcp.name = "norm.weight", pcp.role = "param"}, %arg31: tensor<32xf32> {pcp.name = "norm.bias", pcp.role = "param"}, %arg32: tensor<1x32xi64> {pcp.name = "tokens", pcp.role = "data"}) -> (tensor<1x32x65xf32> {pcp.name = "logits", pcp.role = "aux"}) {
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
    %25 = stablehlo.transpose %arg6, dims = [1, 0] : (tensor<64x32xf32>) -> tensor<32x64xf32>
    %26 = stablehlo.dot_general %24, %25, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x64xf32>) -> tensor<32x64xf32>
    %27 = stablehlo.broadcast_in_dim %arg7, dims = [1] : (tensor<64xf32>) -> tensor<32x64xf32>
    %28 = stablehlo.add %26, %27 : tensor<32x64xf32>
    %29 = stablehlo.reshape %28 : (tensor<32x64xf32>) -> tensor<1x32x64xf32>
    %30 = stablehlo.slice %29 [0:1, 0:32, 0:32] : (tensor<1x32x64xf32>) -> tensor<1x32x32xf32>
    %31 = stablehlo.slice %29 [0:1, 0:32, 32:64] : (tensor<1x32x64xf32>) -> tensor<1x32x32xf32>
    %32 = stablehlo.transpose %arg4, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %33 = stablehlo.dot_general %24, %32, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %34 = stablehlo.broadcast_in_dim %arg5, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %35 = stablehlo.add %33, %34 : tensor<32x32xf32>
    %36 = stablehlo.reshape %35 : (tensor<32x32xf32>) -> tensor<1x32x4x8xf32>
    %37 = stablehlo.transpose %36, dims = [0, 2, 1, 3] : (tensor<1x32x4x8xf32>) -> tensor<1x4x32x8xf32>
    %38 = stablehlo.reshape %30 : (tensor<1x32x32xf32>) -> tensor<1x32x4x8xf32>
    %39 = stablehlo.reshape %31 : (tensor<1x32x32xf32>) -> tensor<1x32x4x8xf32>
    %40 = stablehlo.transpose %39, dims = [0, 2, 1, 3] : (tensor<1x32x4x8xf32>) -> tensor<1x4x32x8xf32>
    %41 = stablehlo.transpose %38, dims = [0, 2, 3, 1] : (tensor<1x32x4x8xf32>) -> tensor<1x4x8x32xf32>
    %42 = stablehlo.reshape %37 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %43 = stablehlo.reshape %41 : (tensor<1x4x8x32xf32>) -> tensor<4x8x32xf32>
    %44 = stablehlo.dot_general %42, %43, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x8xf32>, tensor<4x8x32xf32>) -> tensor<4x32x32xf32>
    %45 = stablehlo.reshape %44 : (tensor<4x32x32xf32>) -> tensor<1x4x32x32xf32>
    %46 = stablehlo.multiply %45, %cst_1 : tensor<1x4x32x32xf32>
    %47 = stablehlo.broadcast_in_dim %3, dims = [0] : (tensor<32xi64>) -> tensor<32x32xi64>
    %48 = stablehlo.broadcast_in_dim %3, dims = [1] : (tensor<32xi64>) -> tensor<32x32xi64>
    %49 = stablehlo.compare GE, %47, %48, SIGNED : (tensor<32x32xi64>, tensor<32x32xi64>) -> tensor<32x32xi1>
    %50 = stablehlo.not %49 : tensor<32x32xi1>
    %51 = stablehlo.broadcast_in_dim %50, dims = [2, 3] : (tensor<32x32xi1>) -> tensor<1x4x32x32xi1>
    %52 = stablehlo.select %51, %cst_0, %46 : tensor<1x4x32x32xi1>, tensor<1x4x32x32xf32>
    %53 = stablehlo.reduce(%52 init: %cst_5) applies stablehlo.maximum across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %54 = stablehlo.broadcast_in_dim %53, dims = [0, 1, 2] : (tensor<1x4x32xf32>) -> tensor<1x4x32x32xf32>
    %55 = stablehlo.subtract %52, %54 : tensor<1x4x32x32xf32>
    %56 = stablehlo.exponential %55 : tensor<1x4x32x32xf32>
    %57 = stablehlo.reduce(%56 init: %cst_6) applies stablehlo.add across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %58 = stablehlo.broadcast_in_dim %57, dims = [0, 1, 2] : (tensor<1x4x32xf32>) -> tensor<1x4x32x32xf32>
    %59 = stablehlo.divide %56, %58 : tensor<1x4x32x32xf32>
    %60 = stablehlo.reshape %59 : (tensor<1x4x32x32xf32>) -> tensor<4x32x32xf32>
    %61 = stablehlo.reshape %40 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %62 = stablehlo.dot_general %60, %61, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x32xf32>, tensor<4x32x8xf32>) -> tensor<4x32x8xf32>
    %63 = stablehlo.reshape %62 : (tensor<4x32x8xf32>) -> tensor<1x4x32x8xf32>
    %64 = stablehlo.transpose %63, dims = [0, 2, 1, 3] : (tensor<1x4x32x8xf32>) -> tensor<1x32x4x8xf32>
    %65 = stablehlo.reshape %64 : (tensor<1x32x4x8xf32>) -> tensor<32x32xf32>
    %66 = stablehlo.transpose %arg8, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %67 = stablehlo.dot_general %65, %66, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %68 = stablehlo.broadcast_in_dim %arg9, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %69 = stablehlo.add %67, %68 : tensor<32x32xf32>
    %70 = stablehlo.reshape %69 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %71 = stablehlo.add %6, %70 : tensor<1x32x32xf32>
    %72 = stablehlo.reduce(%71 init: %cst_6) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %73 = stablehlo.reshape %72 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %74 = stablehlo.divide %73, %cst_3 : tensor<1x32x1xf32>
    %75 = stablehlo.broadcast_in_dim %74, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %76 = stablehlo.subtract %71, %75 : tensor<1x32x32xf32>
    %77 = stablehlo.multiply %76, %76 : tensor<1x32x32xf32>
    %78 = stablehlo.reduce(%77 init: %cst_6) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %79 = stablehlo.reshape %78 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %80 = stablehlo.divide %79, %cst_3 : tensor<1x32x1xf32>
    %81 = stablehlo.add %80, %cst_2 : tensor<1x32x1xf32>
    %82 = stablehlo.rsqrt %81 : tensor<1x32x1xf32>
    %83 = stablehlo.broadcast_in_dim %82, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %84 = stablehlo.multiply %76, %83 : tensor<1x32x32xf32>
    %85 = stablehlo.broadcast_in_dim %arg10, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %86 = stablehlo.multiply %84, %85 : tensor<1x32x32xf32>
    %87 = stablehlo.broadcast_in_dim %arg11, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %88 = stablehlo.add %86, %87 : tensor<1x32x32xf32>
    %89 = stablehlo.reshape %88 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %90 = stablehlo.transpose %arg12, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %91 = stablehlo.dot_general %89, %90, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x128xf32>) -> tensor<32x128xf32>
    %92 = stablehlo.broadcast_in_dim %arg13, dims = [1] : (tensor<128xf32>) -> tensor<32x128xf32>
    %93 = stablehlo.add %91, %92 : tensor<32x128xf32>
    %94 = stablehlo.reshape %93 : (tensor<32x128xf32>) -> tensor<1x32x128xf32>
    %95 = stablehlo.multiply %94, %cst_8 : tensor<1x32x128xf32>
    %96 = stablehlo.multiply %94, %cst : tensor<1x32x128xf32>
    %97 = stablehlo.clamp %cst_9, %96, %cst_10 : tensor<1x32x128xf32>
    %98 = stablehlo.multiply %97, %97 : tensor<1x32x128xf32>
    %99 = stablehlo.multiply %cst_11, %98 : tensor<1x32x128xf32>
    %100 = stablehlo.add %99, %cst_12 : tensor<1x32x128xf32>
    %101 = stablehlo.multiply %100, %98 : tensor<1x32x128xf32>
    %102 = stablehlo.add %101, %cst_13 : tensor<1x32x128xf32>
    %103 = stablehlo.multiply %102, %98 : tensor<1x32x128xf32>
    %104 = stablehlo.add %103, %cst_14 : tensor<1x32x128xf32>
    %105 = stablehlo.multiply %104, %98 : tensor<1x32x128xf32>
    %106 = stablehlo.add %105, %cst_15 : tensor<1x32x128xf32>
    %107 = stablehlo.multiply %106, %98 : tensor<1x32x128xf32>
    %108 = stablehlo.add %107, %cst_16 : tensor<1x32x128xf32>
    %109 = stablehlo.multiply %108, %98 : tensor<1x32x128xf32>
    %110 = stablehlo.add %109, %cst_17 : tensor<1x32x128xf32>
    %111 = stablehlo.multiply %cst_18, %98 : tensor<1x32x128xf32>
    %112 = stablehlo.add %111, %cst_19 : tensor<1x32x128xf32>
    %113 = stablehlo.multiply %112, %98 : tensor<1x32x128xf32>
    %114 = stablehlo.add %113, %cst_20 : tensor<1x32x128xf32>
    %115 = stablehlo.multiply %114, %98 : tensor<1x32x128xf32>
    %116 = stablehlo.add %115, %cst_21 : tensor<1x32x128xf32>
    %117 = stablehlo.multiply %116, %98 : tensor<1x32x128xf32>
    %118 = stablehlo.add %117, %cst_22 : tensor<1x32x128xf32>
    %119 = stablehlo.multiply %97, %110 : tensor<1x32x128xf32>
    %120 = stablehlo.divide %119, %118 : tensor<1x32x128xf32>
    %121 = stablehlo.clamp %cst_23, %120, %cst_7 : tensor<1x32x128xf32>
    %122 = stablehlo.add %121, %cst_7 : tensor<1x32x128xf32>
    %123 = stablehlo.multiply %122, %95 : tensor<1x32x128xf32>
    %124 = stablehlo.reshape %123 : (tensor<1x32x128xf32>) -> tensor<32x128xf32>
    %125 = stablehlo.transpose %arg14, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %126 = stablehlo.dot_general %124, %125, contracting_dims = [1] x [0] : (tensor<32x128xf32>, tensor<128x32xf32>) -> tensor<32x32xf32>
    %127 = stablehlo.broadcast_in_dim %arg15, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %128 = stablehlo.add %126, %127 : tensor<32x32xf32>
    %129 = stablehlo.reshape %128 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %130 = stablehlo.add %71, %129 : tensor<1x32x32xf32>
    %131 = stablehlo.reduce(%130 init: %cst_6) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %132 = stablehlo.reshape %131 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %133 = stablehlo.divide %132, %cst_3 : tensor<1x32x1xf32>
    %134 = stablehlo.broadcast_in_dim %133, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %135 = stablehlo.subtract %130, %134 : tensor<1x32x32xf32>
    %136 = stablehlo.multiply %135, %135 : tensor<1x32x32xf32>
    %137 = stablehlo.reduce(%136 init: %cst_6) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %138 = stablehlo.reshape %137 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %139 = stablehlo.divide %138, %cst_3 : tensor<1x32x1xf32>
    %140 = stablehlo.add %139, %cst_2 : tensor<1x32x1xf32>
    %141 = stablehlo.rsqrt %140 : tensor<1x32x1xf32>
    %142 = stablehlo.broadcast_in_dim %141, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %143 = stablehlo.multiply %135, %142 : tensor<1x32x32xf32>
    %144 = stablehlo.broadcast_in_dim %arg16, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %145 = stablehlo.multiply %143, %144 : tensor<1x32x32xf32>
    %146 = stablehlo.broadcast_in_dim %arg17, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %147 = stablehlo.add %145, %146 : tensor<1x32x32xf32>
    %148 = stablehlo.reshape %147 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %149 = stablehlo.transpose %arg20, dims = [1, 0] : (tensor<64x32xf32>) -> tensor<32x64xf32>
    %150 = stablehlo.dot_general %148, %149, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x64xf32>) -> tensor<32x64xf32>
    %151 = stablehlo.broadcast_in_dim %arg21, dims = [1] : (tensor<64xf32>) -> tensor<32x64xf32>
    %152 = stablehlo.add %150, %151 : tensor<32x64xf32>
    %153 = stablehlo.reshape %152 : (tensor<32x64xf32>) -> tensor<1x32x64xf32>
    %154 = stablehlo.slice %153 [0:1, 0:32, 0:32] : (tensor<1x32x64xf32>) -> tensor<1x32x32xf32>
    %155 = stablehlo.slice %153 [0:1, 0:32, 32:64] : (tensor<1x32x64xf32>) -> tensor<1x32x32xf32>
    %156 = stablehlo.transpose %arg18, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %157 = stablehlo.dot_general %148, %156, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %158 = stablehlo.broadcast_in_dim %arg19, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %159 = stablehlo.add %157, %158 : tensor<32x32xf32>
    %160 = stablehlo.reshape %159 : (tensor<32x32xf32>) -> tensor<1x32x4x8xf32>
    %161 = stablehlo.transpose %160, dims = [0, 2, 1, 3] : (tensor<1x32x4x8xf32>) -> tensor<1x4x32x8xf32>
    %162 = stablehlo.reshape %154 : (tensor<1x32x32xf32>) -> tensor<1x32x4x8xf32>
    %163 = stablehlo.reshape %155 : (tensor<1x32x32xf32>) -> tensor<1x32x4x8xf32>
    %164 = stablehlo.transpose %163, dims = [0, 2, 1, 3] : (tensor<1x32x4x8xf32>) -> tensor<1x4x32x8xf32>
    %165 = stablehlo.transpose %162, dims = [0, 2, 3, 1] : (tensor<1x32x4x8xf32>) -> tensor<1x4x8x32xf32>
    %166 = stablehlo.reshape %161 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %167 = stablehlo.reshape %165 : (tensor<1x4x8x32xf32>) -> tensor<4x8x32xf32>
    %168 = stablehlo.dot_general %166, %167, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x8xf32>, tensor<4x8x32xf32>) -> tensor<4x32x32xf32>
    %169 = stablehlo.reshape %168 : (tensor<4x32x32xf32>) -> tensor<1x4x32x32xf32>
    %170 = stablehlo.multiply %169, %cst_1 : tensor<1x4x32x32xf32>
    %171 = stablehlo.select %51, %cst_0, %170 : tensor<1x4x32x32xi1>, tensor<1x4x32x32xf32>
    %172 = stablehlo.reduce(%171 init: %cst_5) applies stablehlo.maximum across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %173 = stablehlo.broadcast_in_dim %172, dims = [0, 1, 2] : (tensor<1x4x32xf32>) -> tensor<1x4x32x32xf32>
    %174 = stablehlo.subtract %171, %173 : tensor<1x4x32x32xf32>
    %175 = stablehlo.exponential %174 : tensor<1x4x32x32xf32>
    %176 = stablehlo.reduce(%175 init: %cst_6) applies stablehlo.add across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %177 = stablehlo.broadcast_in_dim %176, dims = [0, 1, 2] : (tensor<1x4x32xf32>) -> tensor<1x4x32x32xf32>
    %178 = stablehlo.divide %175, %177 : tensor<1x4x32x32xf32>
    %179 = stablehlo.reshape %178 : (tensor<1x4x32x32xf32>) -> tensor<4x32x32xf32>
    %180 = stablehlo.reshape %164 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %181 = stablehlo.dot_general %179, %180, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x32xf32>, tensor<4x32x8xf32>) -> tensor<4x32x8xf32>
    %182 = stablehlo.reshape %181 : (tensor<4x32x8xf32>) -> tensor<1x4x32x8xf32>
    %183 = stablehlo.transpose %182, dims = [0, 2, 1, 3] : (tensor<1x4x32x8xf32>) -> tensor<1x32x4x8xf32>
    %184 = stablehlo.reshape %183 : (tensor<1x32x4x8xf32>) -> tensor<32x32xf32>
    %185 = stablehlo.transpose %arg22, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %186 = stablehlo.dot_general %184, %185, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %187 = stablehlo.broadcast_in_dim %arg23, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %188 = stablehlo.add %186, %187 : tensor<32x32xf32>
    %189 = stablehlo.reshape %188 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %190 = stablehlo.add %130, %189 : tensor<1x32x32xf32>
    %191 = stablehlo.reduce(%190 init: %cst_6) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %192 = stablehlo.reshape %191 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %193 = stablehlo.divide %192, %cst_3 : tensor<1x32x1xf32>
    %194 = stablehlo.broadcast_in_dim %193, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %195 = stablehlo.subtract %190, %194 : tensor<1x32x32xf32>
    %196 = stablehlo.multiply %195, %195 : tensor<1x32x32xf32>
    %197 = stablehlo.reduce(%196 init: %cst_6) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %198 = stablehlo.reshape %197 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %199 = stablehlo.divide %198, %cst_3 : tensor<1x32x1xf32>
    %200 = stablehlo.add %199, %cst_2 : tensor<1x32x1xf32>
    %201 = stablehlo.rsqrt %200 : tensor<1x32x1xf32>
    %202 = stablehlo.broadcast_in_dim %201, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %203 = stablehlo.multiply %195, %202 : tensor<1x32x32xf32>
    %204 = stablehlo.broadcast_in_dim %arg24, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %205 = stablehlo.multiply %203, %204 : tensor<1x32x32xf32>
    %206 = stablehlo.broadcast_in_dim %arg25, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %207 = stablehlo.add %205, %206 : tensor<1x32x32xf32>
    %208 = stablehlo.reshape %207 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %209 = stablehlo.transpose %arg26, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %210 = stablehlo.dot_general %208, %209, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x128xf32>) -> tensor<32x128xf32>
    %211 = stablehlo.broadcast_in_dim %arg27, dims = [1] : (tensor<128xf32>) -> tensor<32x128xf32>
    %212 = stablehlo.add %210, %211 : tensor<32x128xf32>
    %213 = stablehlo.reshape %212 : (tensor<32x128xf32>) -> tensor<1x32x128xf32>
    %214 = stablehlo.multiply %213, %cst_8 : tensor<1x32x128xf32>
    %215 = stablehlo.multiply %213, %cst : tensor<1x32x128xf32>
    %216 = stablehlo.clamp %cst_9, %215, %cst_10 : tensor<1x32x128xf32>
    %217 = stablehlo.multiply %216, %216 : tensor<1x32x128xf32>
    %218 = stablehlo.multiply %cst_11, %217 : tensor<1x32x128xf32>
    %219 = stablehlo.add %218, %cst_12 : tensor<1x32x128xf32>
    %220 = stablehlo.multiply %219, %217 : tensor<1x32x128xf32>
    %221 = stablehlo.add %220, %cst_13 : tensor<1x32x128xf32>
    %222 = stablehlo.multiply %221, %217 : tensor<1x32x128xf32>
    %223 = stablehlo.add %222, %cst_14 : tensor<1x32x128xf32>
    %224 = stablehlo.multiply %223, %217 : tensor<1x32x128xf32>
    %225 = stablehlo.add %224, %cst_15 : tensor<1x32x128xf32>
    %226 = stablehlo.multiply %225, %217 : tensor<1x32x128xf32>
    %227 = stablehlo.add %226, %cst_16 : tensor<1x32x128xf32>
    %228 = stablehlo.multiply %227, %217 : tensor<1x32x128xf32>
    %229 = stablehlo.add %228, %cst_17 : tensor<1x32x128xf32>
    %230 = stablehlo.multiply %cst_18, %217 : tensor<1x32x128xf32>
    %231 = stablehlo.add %230, %cst_19 : tensor<1x32x128xf32>
    %232 = stablehlo.multiply %231, %217 : tensor<1x32x128xf32>
    %233 = stablehlo.add %232, %cst_20 : tensor<1x32x128xf32>
    %234 = stablehlo.multiply %233, %217 : tensor<1x32x128xf32>
    %235 = stablehlo.add %234, %cst_21 : tensor<1x32x128xf32>
    %236 = stablehlo.multiply %235, %217 : tensor<1x32x128xf32>
    %237 = stablehlo.add %236, %cst_22 : tensor<1x32x128xf32>
    %238 = stablehlo.multiply %216, %229 : tensor<1x32x128xf32>
    %239 = stablehlo.divide %238, %237 : tensor<1x32x128xf32>
    %240 = stablehlo.clamp %cst_23, %239, %cst_7 : tensor<1x32x128xf32>
    %241 = stablehlo.add %240, %cst_7 : tensor<1x32x128xf32>
    %242 = stablehlo.multiply %241, %214 : tensor<1x32x128xf32>
    %243 = stablehlo.reshape %242 : (tensor<1x32x128xf32>) -> tensor<32x128xf32>
    %244 = stablehlo.transpose %arg28, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %245 = stablehlo.dot_general %243, %244, contracting_dims = [1] x [0] : (tensor<32x128xf32>, tensor<128x32xf32>) -> tensor<32x32xf32>
    %246 = stablehlo.broadcast_in_dim %arg29, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %247 = stablehlo.add %245, %246 : tensor<32x32xf32>
    %248 = stablehlo.reshape %247 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %249 = stablehlo.add %190, %248 : tensor<1x32x32xf32>
    %250 = stablehlo.reduce(%249 init: %cst_6) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %251 = stablehlo.reshape %250 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %252 = stablehlo.divide %251, %cst_3 : tensor<1x32x1xf32>
    %253 = stablehlo.broadcast_in_dim %252, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %254 = stablehlo.subtract %249, %253 : tensor<1x32x32xf32>
    %255 = stablehlo.multiply %254, %254 : tensor<1x32x32xf32>
    %256 = stablehlo.reduce(%255 init: %cst_6) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %257 = stablehlo.reshape %256 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %258 = stablehlo.divide %257, %cst_3 : tensor<1x32x1xf32>
    %259 = stablehlo.add %258, %cst_2 : tensor<1x32x1xf32>
    %260 = stablehlo.rsqrt %259 : tensor<1x32x1xf32>
    %261 = stablehlo.broadcast_in_dim %260, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %262 = stablehlo.multiply %254, %261 : tensor<1x32x32xf32>
    %263 = stablehlo.broadcast_in_dim %arg30, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %264 = stablehlo.multiply %262, %263 : tensor<1x32x32xf32>
    %265 = stablehlo.broadcast_in_dim %arg31, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %266 = stablehlo.add %264, %265 : tensor<1x32x32xf32>
    %267 = stablehlo.transpose %arg0, dims = [1, 0] : (tensor<65x32xf32>) -> tensor<32x65xf32>
    %268 = stablehlo.reshape %266 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %269 = stablehlo.dot_general %268, %267, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x65xf32>) -> tensor<32x65xf32>
    %270 = stablehlo.reshape %269 : (tensor<32x65xf32>) -> tensor<1x32x65xf32>
    return %270 : tensor<1x32x65xf32>
  }
}
