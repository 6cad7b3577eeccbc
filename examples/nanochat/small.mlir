module attributes {pcp.format = 1 : i64} {
  func.func @main(%arg0: tensor<256x32xf32> {pcp.name = "wte.weight", pcp.role = "param"}, %arg1: tensor<32x32xf32> {pcp.name = "blocks.0.attn.q.weight", pcp.role = "param"}, %arg2: tensor<16x32xf32> {pcp.name = "blocks.0.attn.k.weight", pcp.role = "param"}, %arg3: tensor<16x32xf32> {pcp.name = "blocks.0.attn.v.weight", pcp.role = "param"}, %arg4: tensor<32x32xf32> {pcp.name = "blocks.0.attn.out.weight", pcp.role = "param"}, %arg5: tensor<128x32xf32> {pcp.name = "blocks.0.mlp.up.weight", pcp.role = "param"}, %arg6: tensor<32x128xf32> {pcp.name = "blocks.0.mlp.down.weight", pcp.role = "param"}, %arg7: tensor<32x32xf32> {pcp.name = "blocks.1.attn.q.weight", pcp.role = "param"}, %arg8: tensor<16x32xf32> {pcp.name = "blocks.1.attn.k.weight", pcp.role = "param"}, %arg9: tensor<16x32xf32> {pcp.name = "blocks.1.attn.v.weight", pcp.role = "param"}, %arg10: tensor<32x32xf32> {pcp.name = "blocks.1.attn.out.weight", pcp.role = "param"}, %arg11: tensor<128x32xf32> {pcp.name = "blocks.1.mlp.up.weight", pcp.role = "param"}, %arg12: tensor<32x128xf32> {pcp.name = "blocks.1.mlp.down.weight", pcp.role = "param"}, %arg13: tensor<256x32xf32> {pcp.name = "head.weight", pcp.role = "param"}, %arg14: tensor<4x32xi64> {pcp.name = "tokens", pcp.role = "data"}, %arg15: tensor<4x32xi64> {pcp.name = "targets", pcp.role = "data"}) -> (tensor<f32> {pcp.name = "loss", pcp.role = "loss"}) {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<128xf32>
    %cst_0 = stablehlo.constant dense<1.500000e+01> : tensor<4x32x256xf32>
    %cst_1 = stablehlo.constant dense<0xFF800000> : tensor<4x4x32x32xf32>
    %cst_2 = stablehlo.constant dense<0.353553385> : tensor<4x4x32x32xf32>
    %cst_3 = stablehlo.constant dense<9.99999974E-6> : tensor<4x2x32x1xf32>
    %cst_4 = stablehlo.constant dense<8.000000e+00> : tensor<4x2x32x1xf32>
    %cst_5 = stablehlo.constant dense<9.99999974E-6> : tensor<4x4x32x1xf32>
    %cst_6 = stablehlo.constant dense<8.000000e+00> : tensor<4x4x32x1xf32>
    %cst_7 = stablehlo.constant dense<9.99999974E-6> : tensor<4x32x1xf32>
    %cst_8 = stablehlo.constant dense<3.200000e+01> : tensor<4x32x1xf32>
    %cst_9 = stablehlo.constant dense<[1.000000e+00, 1.000000e-01, 0.00999999977, 1.000000e-03]> : tensor<4xf32>
    %c = stablehlo.constant dense<0> : tensor<128xi64>
    %c_10 = stablehlo.constant dense<-1> : tensor<128xi64>
    %c_11 = stablehlo.constant dense<0> : tensor<32xi64>
    %c_12 = stablehlo.constant dense<1> : tensor<32xi64>
    %cst_13 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %c_14 = stablehlo.constant dense<0> : tensor<i64>
    %cst_15 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %cst_16 = stablehlo.constant dense<0.000000e+00> : tensor<4x32x128xf32>
    %0 = stablehlo.iota dim = 0 : tensor<32xi64>
    %1 = stablehlo.multiply %0, %c_12 : tensor<32xi64>
    %2 = stablehlo.add %1, %c_11 : tensor<32xi64>
    %3 = stablehlo.convert %2 : (tensor<32xi64>) -> tensor<32xf32>
    %4 = stablehlo.broadcast_in_dim %3, dims = [0] : (tensor<32xf32>) -> tensor<32x4xf32>
    %5 = stablehlo.broadcast_in_dim %cst_9, dims = [1] : (tensor<4xf32>) -> tensor<32x4xf32>
    %6 = stablehlo.multiply %4, %5 : tensor<32x4xf32>
    %7 = stablehlo.cosine %6 : tensor<32x4xf32>
    %8 = stablehlo.sine %6 : tensor<32x4xf32>
    %9 = stablehlo.broadcast_in_dim %2, dims = [0] : (tensor<32xi64>) -> tensor<32x32xi64>
    %10 = stablehlo.broadcast_in_dim %2, dims = [1] : (tensor<32xi64>) -> tensor<32x32xi64>
    %11 = stablehlo.compare GE, %9, %10, SIGNED : (tensor<32x32xi64>, tensor<32x32xi64>) -> tensor<32x32xi1>
    %12 = "stablehlo.gather"(%arg0, %arg14) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 32>}> : (tensor<256x32xf32>, tensor<4x32xi64>) -> tensor<4x32x32xf32>
    %13 = stablehlo.multiply %12, %12 : tensor<4x32x32xf32>
    %14 = stablehlo.reduce(%13 init: %cst_13) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %15 = stablehlo.reshape %14 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %16 = stablehlo.divide %15, %cst_8 : tensor<4x32x1xf32>
    %17 = stablehlo.add %16, %cst_7 : tensor<4x32x1xf32>
    %18 = stablehlo.rsqrt %17 : tensor<4x32x1xf32>
    %19 = stablehlo.broadcast_in_dim %18, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %20 = stablehlo.multiply %12, %19 : tensor<4x32x32xf32>
    %21 = stablehlo.multiply %20, %20 : tensor<4x32x32xf32>
    %22 = stablehlo.reduce(%21 init: %cst_13) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %23 = stablehlo.reshape %22 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %24 = stablehlo.divide %23, %cst_8 : tensor<4x32x1xf32>
    %25 = stablehlo.add %24, %cst_7 : tensor<4x32x1xf32>
    %26 = stablehlo.rsqrt %25 : tensor<4x32x1xf32>
    %27 = stablehlo.broadcast_in_dim %26, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %28 = stablehlo.multiply %20, %27 : tensor<4x32x32xf32>
    %29 = stablehlo.transpose %arg1, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %30 = stablehlo.reshape %28 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %31 = stablehlo.dot_general %30, %29, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %32 = stablehlo.reshape %31 : (tensor<128x32xf32>) -> tensor<4x32x4x8xf32>
    %33 = stablehlo.transpose %32, dims = [0, 2, 1, 3] : (tensor<4x32x4x8xf32>) -> tensor<4x4x32x8xf32>
    %34 = stablehlo.slice %33 [0:4, 0:4, 0:32, 0:4] : (tensor<4x4x32x8xf32>) -> tensor<4x4x32x4xf32>
    %35 = stablehlo.slice %33 [0:4, 0:4, 0:32, 4:8] : (tensor<4x4x32x8xf32>) -> tensor<4x4x32x4xf32>
    %36 = stablehlo.broadcast_in_dim %7, dims = [2, 3] : (tensor<32x4xf32>) -> tensor<4x4x32x4xf32>
    %37 = stablehlo.multiply %34, %36 : tensor<4x4x32x4xf32>
    %38 = stablehlo.broadcast_in_dim %8, dims = [2, 3] : (tensor<32x4xf32>) -> tensor<4x4x32x4xf32>
    %39 = stablehlo.multiply %35, %38 : tensor<4x4x32x4xf32>
    %40 = stablehlo.add %37, %39 : tensor<4x4x32x4xf32>
    %41 = stablehlo.multiply %35, %36 : tensor<4x4x32x4xf32>
    %42 = stablehlo.multiply %34, %38 : tensor<4x4x32x4xf32>
    %43 = stablehlo.subtract %41, %42 : tensor<4x4x32x4xf32>
    %44 = stablehlo.concatenate %40, %43, dim = 3 : (tensor<4x4x32x4xf32>, tensor<4x4x32x4xf32>) -> tensor<4x4x32x8xf32>
    %45 = stablehlo.multiply %44, %44 : tensor<4x4x32x8xf32>
    %46 = stablehlo.reduce(%45 init: %cst_13) applies stablehlo.add across dimensions = [3] : (tensor<4x4x32x8xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %47 = stablehlo.reshape %46 : (tensor<4x4x32xf32>) -> tensor<4x4x32x1xf32>
    %48 = stablehlo.divide %47, %cst_6 : tensor<4x4x32x1xf32>
    %49 = stablehlo.add %48, %cst_5 : tensor<4x4x32x1xf32>
    %50 = stablehlo.rsqrt %49 : tensor<4x4x32x1xf32>
    %51 = stablehlo.broadcast_in_dim %50, dims = [0, 1, 2, 3] : (tensor<4x4x32x1xf32>) -> tensor<4x4x32x8xf32>
    %52 = stablehlo.multiply %44, %51 : tensor<4x4x32x8xf32>
    %53 = stablehlo.transpose %arg2, dims = [1, 0] : (tensor<16x32xf32>) -> tensor<32x16xf32>
    %54 = stablehlo.dot_general %30, %53, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x16xf32>) -> tensor<128x16xf32>
    %55 = stablehlo.reshape %54 : (tensor<128x16xf32>) -> tensor<4x32x2x8xf32>
    %56 = stablehlo.transpose %55, dims = [0, 2, 1, 3] : (tensor<4x32x2x8xf32>) -> tensor<4x2x32x8xf32>
    %57 = stablehlo.slice %56 [0:4, 0:2, 0:32, 0:4] : (tensor<4x2x32x8xf32>) -> tensor<4x2x32x4xf32>
    %58 = stablehlo.slice %56 [0:4, 0:2, 0:32, 4:8] : (tensor<4x2x32x8xf32>) -> tensor<4x2x32x4xf32>
    %59 = stablehlo.broadcast_in_dim %7, dims = [2, 3] : (tensor<32x4xf32>) -> tensor<4x2x32x4xf32>
    %60 = stablehlo.multiply %57, %59 : tensor<4x2x32x4xf32>
    %61 = stablehlo.broadcast_in_dim %8, dims = [2, 3] : (tensor<32x4xf32>) -> tensor<4x2x32x4xf32>
    %62 = stablehlo.multiply %58, %61 : tensor<4x2x32x4xf32>
    %63 = stablehlo.add %60, %62 : tensor<4x2x32x4xf32>
    %64 = stablehlo.multiply %58, %59 : tensor<4x2x32x4xf32>
    %65 = stablehlo.multiply %57, %61 : tensor<4x2x32x4xf32>
    %66 = stablehlo.subtract %64, %65 : tensor<4x2x32x4xf32>
    %67 = stablehlo.concatenate %63, %66, dim = 3 : (tensor<4x2x32x4xf32>, tensor<4x2x32x4xf32>) -> tensor<4x2x32x8xf32>
    %68 = stablehlo.multiply %67, %67 : tensor<4x2x32x8xf32>
    %69 = stablehlo.reduce(%68 init: %cst_13) applies stablehlo.add across dimensions = [3] : (tensor<4x2x32x8xf32>, tensor<f32>) -> tensor<4x2x32xf32>
    %70 = stablehlo.reshape %69 : (tensor<4x2x32xf32>) -> tensor<4x2x32x1xf32>
    %71 = stablehlo.divide %70, %cst_4 : tensor<4x2x32x1xf32>
    %72 = stablehlo.add %71, %cst_3 : tensor<4x2x32x1xf32>
    %73 = stablehlo.rsqrt %72 : tensor<4x2x32x1xf32>
    %74 = stablehlo.broadcast_in_dim %73, dims = [0, 1, 2, 3] : (tensor<4x2x32x1xf32>) -> tensor<4x2x32x8xf32>
    %75 = stablehlo.multiply %67, %74 : tensor<4x2x32x8xf32>
    %76 = stablehlo.transpose %arg3, dims = [1, 0] : (tensor<16x32xf32>) -> tensor<32x16xf32>
    %77 = stablehlo.dot_general %30, %76, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x16xf32>) -> tensor<128x16xf32>
    %78 = stablehlo.reshape %77 : (tensor<128x16xf32>) -> tensor<4x32x2x8xf32>
    %79 = stablehlo.transpose %78, dims = [0, 2, 1, 3] : (tensor<4x32x2x8xf32>) -> tensor<4x2x32x8xf32>
    %80 = stablehlo.broadcast_in_dim %79, dims = [0, 1, 3, 4] : (tensor<4x2x32x8xf32>) -> tensor<4x2x2x32x8xf32>
    %81 = stablehlo.broadcast_in_dim %75, dims = [0, 1, 3, 4] : (tensor<4x2x32x8xf32>) -> tensor<4x2x2x32x8xf32>
    %82 = stablehlo.reshape %81 : (tensor<4x2x2x32x8xf32>) -> tensor<4x4x32x8xf32>
    %83 = stablehlo.transpose %82, dims = [0, 1, 3, 2] : (tensor<4x4x32x8xf32>) -> tensor<4x4x8x32xf32>
    %84 = stablehlo.reshape %52 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %85 = stablehlo.reshape %83 : (tensor<4x4x8x32xf32>) -> tensor<16x8x32xf32>
    %86 = stablehlo.dot_general %84, %85, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x8xf32>, tensor<16x8x32xf32>) -> tensor<16x32x32xf32>
    %87 = stablehlo.reshape %86 : (tensor<16x32x32xf32>) -> tensor<4x4x32x32xf32>
    %88 = stablehlo.multiply %87, %cst_2 : tensor<4x4x32x32xf32>
    %89 = stablehlo.not %11 : tensor<32x32xi1>
    %90 = stablehlo.broadcast_in_dim %89, dims = [2, 3] : (tensor<32x32xi1>) -> tensor<4x4x32x32xi1>
    %91 = stablehlo.select %90, %cst_1, %88 : tensor<4x4x32x32xi1>, tensor<4x4x32x32xf32>
    %92 = stablehlo.reduce(%91 init: %cst_15) applies stablehlo.maximum across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %93 = stablehlo.broadcast_in_dim %92, dims = [0, 1, 2] : (tensor<4x4x32xf32>) -> tensor<4x4x32x32xf32>
    %94 = stablehlo.subtract %91, %93 : tensor<4x4x32x32xf32>
    %95 = stablehlo.exponential %94 : tensor<4x4x32x32xf32>
    %96 = stablehlo.reduce(%95 init: %cst_13) applies stablehlo.add across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %97 = stablehlo.broadcast_in_dim %96, dims = [0, 1, 2] : (tensor<4x4x32xf32>) -> tensor<4x4x32x32xf32>
    %98 = stablehlo.divide %95, %97 : tensor<4x4x32x32xf32>
    %99 = stablehlo.reshape %98 : (tensor<4x4x32x32xf32>) -> tensor<16x32x32xf32>
    %100 = stablehlo.reshape %80 : (tensor<4x2x2x32x8xf32>) -> tensor<16x32x8xf32>
    %101 = stablehlo.dot_general %99, %100, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x32xf32>, tensor<16x32x8xf32>) -> tensor<16x32x8xf32>
    %102 = stablehlo.reshape %101 : (tensor<16x32x8xf32>) -> tensor<4x4x32x8xf32>
    %103 = stablehlo.transpose %102, dims = [0, 2, 1, 3] : (tensor<4x4x32x8xf32>) -> tensor<4x32x4x8xf32>
    %104 = stablehlo.transpose %arg4, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %105 = stablehlo.reshape %103 : (tensor<4x32x4x8xf32>) -> tensor<128x32xf32>
    %106 = stablehlo.dot_general %105, %104, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %107 = stablehlo.reshape %106 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %108 = stablehlo.add %20, %107 : tensor<4x32x32xf32>
    %109 = stablehlo.multiply %108, %108 : tensor<4x32x32xf32>
    %110 = stablehlo.reduce(%109 init: %cst_13) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %111 = stablehlo.reshape %110 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %112 = stablehlo.divide %111, %cst_8 : tensor<4x32x1xf32>
    %113 = stablehlo.add %112, %cst_7 : tensor<4x32x1xf32>
    %114 = stablehlo.rsqrt %113 : tensor<4x32x1xf32>
    %115 = stablehlo.broadcast_in_dim %114, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %116 = stablehlo.multiply %108, %115 : tensor<4x32x32xf32>
    %117 = stablehlo.transpose %arg5, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %118 = stablehlo.reshape %116 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %119 = stablehlo.dot_general %118, %117, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x128xf32>) -> tensor<128x128xf32>
    %120 = stablehlo.reshape %119 : (tensor<128x128xf32>) -> tensor<4x32x128xf32>
    %121 = stablehlo.maximum %120, %cst_16 : tensor<4x32x128xf32>
    %122 = stablehlo.multiply %121, %121 : tensor<4x32x128xf32>
    %123 = stablehlo.transpose %arg6, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %124 = stablehlo.reshape %122 : (tensor<4x32x128xf32>) -> tensor<128x128xf32>
    %125 = stablehlo.dot_general %124, %123, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x32xf32>) -> tensor<128x32xf32>
    %126 = stablehlo.reshape %125 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %127 = stablehlo.add %108, %126 : tensor<4x32x32xf32>
    %128 = stablehlo.multiply %127, %127 : tensor<4x32x32xf32>
    %129 = stablehlo.reduce(%128 init: %cst_13) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %130 = stablehlo.reshape %129 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %131 = stablehlo.divide %130, %cst_8 : tensor<4x32x1xf32>
    %132 = stablehlo.add %131, %cst_7 : tensor<4x32x1xf32>
    %133 = stablehlo.rsqrt %132 : tensor<4x32x1xf32>
    %134 = stablehlo.broadcast_in_dim %133, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %135 = stablehlo.multiply %127, %134 : tensor<4x32x32xf32>
    %136 = stablehlo.transpose %arg7, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %137 = stablehlo.reshape %135 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %138 = stablehlo.dot_general %137, %136, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %139 = stablehlo.reshape %138 : (tensor<128x32xf32>) -> tensor<4x32x4x8xf32>
    %140 = stablehlo.transpose %139, dims = [0, 2, 1, 3] : (tensor<4x32x4x8xf32>) -> tensor<4x4x32x8xf32>
    %141 = stablehlo.slice %140 [0:4, 0:4, 0:32, 0:4] : (tensor<4x4x32x8xf32>) -> tensor<4x4x32x4xf32>
    %142 = stablehlo.slice %140 [0:4, 0:4, 0:32, 4:8] : (tensor<4x4x32x8xf32>) -> tensor<4x4x32x4xf32>
    %143 = stablehlo.multiply %141, %36 : tensor<4x4x32x4xf32>
    %144 = stablehlo.multiply %142, %38 : tensor<4x4x32x4xf32>
    %145 = stablehlo.add %143, %144 : tensor<4x4x32x4xf32>
    %146 = stablehlo.multiply %142, %36 : tensor<4x4x32x4xf32>
    %147 = stablehlo.multiply %141, %38 : tensor<4x4x32x4xf32>
    %148 = stablehlo.subtract %146, %147 : tensor<4x4x32x4xf32>
    %149 = stablehlo.concatenate %145, %148, dim = 3 : (tensor<4x4x32x4xf32>, tensor<4x4x32x4xf32>) -> tensor<4x4x32x8xf32>
    %150 = stablehlo.multiply %149, %149 : tensor<4x4x32x8xf32>
    %151 = stablehlo.reduce(%150 init: %cst_13) applies stablehlo.add across dimensions = [3] : (tensor<4x4x32x8xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %152 = stablehlo.reshape %151 : (tensor<4x4x32xf32>) -> tensor<4x4x32x1xf32>
    %153 = stablehlo.divide %152, %cst_6 : tensor<4x4x32x1xf32>
    %154 = stablehlo.add %153, %cst_5 : tensor<4x4x32x1xf32>
    %155 = stablehlo.rsqrt %154 : tensor<4x4x32x1xf32>
    %156 = stablehlo.broadcast_in_dim %155, dims = [0, 1, 2, 3] : (tensor<4x4x32x1xf32>) -> tensor<4x4x32x8xf32>
    %157 = stablehlo.multiply %149, %156 : tensor<4x4x32x8xf32>
    %158 = stablehlo.transpose %arg8, dims = [1, 0] : (tensor<16x32xf32>) -> tensor<32x16xf32>
    %159 = stablehlo.dot_general %137, %158, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x16xf32>) -> tensor<128x16xf32>
    %160 = stablehlo.reshape %159 : (tensor<128x16xf32>) -> tensor<4x32x2x8xf32>
    %161 = stablehlo.transpose %160, dims = [0, 2, 1, 3] : (tensor<4x32x2x8xf32>) -> tensor<4x2x32x8xf32>
    %162 = stablehlo.slice %161 [0:4, 0:2, 0:32, 0:4] : (tensor<4x2x32x8xf32>) -> tensor<4x2x32x4xf32>
    %163 = stablehlo.slice %161 [0:4, 0:2, 0:32, 4:8] : (tensor<4x2x32x8xf32>) -> tensor<4x2x32x4xf32>
    %164 = stablehlo.multiply %162, %59 : tensor<4x2x32x4xf32>
    %165 = stablehlo.multiply %163, %61 : tensor<4x2x32x4xf32>
    %166 = stablehlo.add %164, %165 : tensor<4x2x32x4xf32>
    %167 = stablehlo.multiply %163, %59 : tensor<4x2x32x4xf32>
    %168 = stablehlo.multiply %162, %61 : tensor<4x2x32x4xf32>
    %169 = stablehlo.subtract %167, %168 : tensor<4x2x32x4xf32>
    %170 = stablehlo.concatenate %166, %169, dim = 3 : (tensor<4x2x32x4xf32>, tensor<4x2x32x4xf32>) -> tensor<4x2x32x8xf32>
    %171 = stablehlo.multiply %170, %170 : tensor<4x2x32x8xf32>
    %172 = stablehlo.reduce(%171 init: %cst_13) applies stablehlo.add across dimensions = [3] : (tensor<4x2x32x8xf32>, tensor<f32>) -> tensor<4x2x32xf32>
    %173 = stablehlo.reshape %172 : (tensor<4x2x32xf32>) -> tensor<4x2x32x1xf32>
    %174 = stablehlo.divide %173, %cst_4 : tensor<4x2x32x1xf32>
    %175 = stablehlo.add %174, %cst_3 : tensor<4x2x32x1xf32>
    %176 = stablehlo.rsqrt %175 : tensor<4x2x32x1xf32>
    %177 = stablehlo.broadcast_in_dim %176, dims = [0, 1, 2, 3] : (tensor<4x2x32x1xf32>) -> tensor<4x2x32x8xf32>
    %178 = stablehlo.multiply %170, %177 : tensor<4x2x32x8xf32>
    %179 = stablehlo.transpose %arg9, dims = [1, 0] : (tensor<16x32xf32>) -> tensor<32x16xf32>
    %180 = stablehlo.dot_general %137, %179, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x16xf32>) -> tensor<128x16xf32>
    %181 = stablehlo.reshape %180 : (tensor<128x16xf32>) -> tensor<4x32x2x8xf32>
    %182 = stablehlo.transpose %181, dims = [0, 2, 1, 3] : (tensor<4x32x2x8xf32>) -> tensor<4x2x32x8xf32>
    %183 = stablehlo.broadcast_in_dim %182, dims = [0, 1, 3, 4] : (tensor<4x2x32x8xf32>) -> tensor<4x2x2x32x8xf32>
    %184 = stablehlo.broadcast_in_dim %178, dims = [0, 1, 3, 4] : (tensor<4x2x32x8xf32>) -> tensor<4x2x2x32x8xf32>
    %185 = stablehlo.reshape %184 : (tensor<4x2x2x32x8xf32>) -> tensor<4x4x32x8xf32>
    %186 = stablehlo.transpose %185, dims = [0, 1, 3, 2] : (tensor<4x4x32x8xf32>) -> tensor<4x4x8x32xf32>
    %187 = stablehlo.reshape %157 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %188 = stablehlo.reshape %186 : (tensor<4x4x8x32xf32>) -> tensor<16x8x32xf32>
    %189 = stablehlo.dot_general %187, %188, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x8xf32>, tensor<16x8x32xf32>) -> tensor<16x32x32xf32>
    %190 = stablehlo.reshape %189 : (tensor<16x32x32xf32>) -> tensor<4x4x32x32xf32>
    %191 = stablehlo.multiply %190, %cst_2 : tensor<4x4x32x32xf32>
    %192 = stablehlo.select %90, %cst_1, %191 : tensor<4x4x32x32xi1>, tensor<4x4x32x32xf32>
    %193 = stablehlo.reduce(%192 init: %cst_15) applies stablehlo.maximum across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %194 = stablehlo.broadcast_in_dim %193, dims = [0, 1, 2] : (tensor<4x4x32xf32>) -> tensor<4x4x32x32xf32>
    %195 = stablehlo.subtract %192, %194 : tensor<4x4x32x32xf32>
    %196 = stablehlo.exponential %195 : tensor<4x4x32x32xf32>
    %197 = stablehlo.reduce(%196 init: %cst_13) applies stablehlo.add across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %198 = stablehlo.broadcast_in_dim %197, dims = [0, 1, 2] : (tensor<4x4x32xf32>) -> tensor<4x4x32x32xf32>
    %199 = stablehlo.divide %196, %198 : tensor<4x4x32x32xf32>
    %200 = stablehlo.reshape %199 : (tensor<4x4x32x32xf32>) -> tensor<16x32x32xf32>
    %201 = stablehlo.reshape %183 : (tensor<4x2x2x32x8xf32>) -> tensor<16x32x8xf32>
    %202 = stablehlo.dot_general %200, %201, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x32xf32>, tensor<16x32x8xf32>) -> tensor<16x32x8xf32>
    %203 = stablehlo.reshape %202 : (tensor<16x32x8xf32>) -> tensor<4x4x32x8xf32>
    %204 = stablehlo.transpose %203, dims = [0, 2, 1, 3] : (tensor<4x4x32x8xf32>) -> tensor<4x32x4x8xf32>
    %205 = stablehlo.transpose %arg10, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %206 = stablehlo.reshape %204 : (tensor<4x32x4x8xf32>) -> tensor<128x32xf32>
    %207 = stablehlo.dot_general %206, %205, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %208 = stablehlo.reshape %207 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %209 = stablehlo.add %127, %208 : tensor<4x32x32xf32>
    %210 = stablehlo.multiply %209, %209 : tensor<4x32x32xf32>
    %211 = stablehlo.reduce(%210 init: %cst_13) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %212 = stablehlo.reshape %211 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %213 = stablehlo.divide %212, %cst_8 : tensor<4x32x1xf32>
    %214 = stablehlo.add %213, %cst_7 : tensor<4x32x1xf32>
    %215 = stablehlo.rsqrt %214 : tensor<4x32x1xf32>
    %216 = stablehlo.broadcast_in_dim %215, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %217 = stablehlo.multiply %209, %216 : tensor<4x32x32xf32>
    %218 = stablehlo.transpose %arg11, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %219 = stablehlo.reshape %217 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %220 = stablehlo.dot_general %219, %218, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x128xf32>) -> tensor<128x128xf32>
    %221 = stablehlo.reshape %220 : (tensor<128x128xf32>) -> tensor<4x32x128xf32>
    %222 = stablehlo.maximum %221, %cst_16 : tensor<4x32x128xf32>
    %223 = stablehlo.multiply %222, %222 : tensor<4x32x128xf32>
    %224 = stablehlo.transpose %arg12, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %225 = stablehlo.reshape %223 : (tensor<4x32x128xf32>) -> tensor<128x128xf32>
    %226 = stablehlo.dot_general %225, %224, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x32xf32>) -> tensor<128x32xf32>
    %227 = stablehlo.reshape %226 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %228 = stablehlo.add %209, %227 : tensor<4x32x32xf32>
    %229 = stablehlo.multiply %228, %228 : tensor<4x32x32xf32>
    %230 = stablehlo.reduce(%229 init: %cst_13) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %231 = stablehlo.reshape %230 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %232 = stablehlo.divide %231, %cst_8 : tensor<4x32x1xf32>
    %233 = stablehlo.add %232, %cst_7 : tensor<4x32x1xf32>
    %234 = stablehlo.rsqrt %233 : tensor<4x32x1xf32>
    %235 = stablehlo.broadcast_in_dim %234, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %236 = stablehlo.multiply %228, %235 : tensor<4x32x32xf32>
    %237 = stablehlo.transpose %arg13, dims = [1, 0] : (tensor<256x32xf32>) -> tensor<32x256xf32>
    %238 = stablehlo.reshape %236 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %239 = stablehlo.dot_general %238, %237, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x256xf32>) -> tensor<128x256xf32>
    %240 = stablehlo.reshape %239 : (tensor<128x256xf32>) -> tensor<4x32x256xf32>
    %241 = stablehlo.divide %240, %cst_0 : tensor<4x32x256xf32>
    %242 = stablehlo.tanh %241 : tensor<4x32x256xf32>
    %243 = stablehlo.multiply %242, %cst_0 : tensor<4x32x256xf32>
    %244 = stablehlo.reshape %243 : (tensor<4x32x256xf32>) -> tensor<128x256xf32>
    %245 = stablehlo.reshape %arg15 : (tensor<4x32xi64>) -> tensor<128xi64>
    %246 = stablehlo.reduce(%244 init: %cst_15) applies stablehlo.maximum across dimensions = [1] : (tensor<128x256xf32>, tensor<f32>) -> tensor<128xf32>
    %247 = stablehlo.broadcast_in_dim %246, dims = [0] : (tensor<128xf32>) -> tensor<128x256xf32>
    %248 = stablehlo.subtract %244, %247 : tensor<128x256xf32>
    %249 = stablehlo.exponential %248 : tensor<128x256xf32>
    %250 = stablehlo.reduce(%249 init: %cst_13) applies stablehlo.add across dimensions = [1] : (tensor<128x256xf32>, tensor<f32>) -> tensor<128xf32>
    %251 = stablehlo.reshape %250 : (tensor<128xf32>) -> tensor<128x1xf32>
    %252 = stablehlo.log %251 : tensor<128x1xf32>
    %253 = stablehlo.broadcast_in_dim %252, dims = [0, 1] : (tensor<128x1xf32>) -> tensor<128x256xf32>
    %254 = stablehlo.subtract %248, %253 : tensor<128x256xf32>
    %255 = stablehlo.compare NE, %245, %c_10, SIGNED : (tensor<128xi64>, tensor<128xi64>) -> tensor<128xi1>
    %256 = stablehlo.select %255, %245, %c : tensor<128xi1>, tensor<128xi64>
    %257 = stablehlo.iota dim = 0 : tensor<128x1x1xi64>
    %258 = stablehlo.reshape %256 : (tensor<128xi64>) -> tensor<128x1x1xi64>
    %259 = stablehlo.concatenate %257, %258, dim = 2 : (tensor<128x1x1xi64>, tensor<128x1x1xi64>) -> tensor<128x1x2xi64>
    %260 = "stablehlo.gather"(%254, %259) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0, 1], start_index_map = [0, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1>}> : (tensor<128x256xf32>, tensor<128x1x2xi64>) -> tensor<128x1xf32>
    %261 = stablehlo.reshape %260 : (tensor<128x1xf32>) -> tensor<128xf32>
    %262 = stablehlo.negate %261 : tensor<128xf32>
    %263 = stablehlo.select %255, %262, %cst : tensor<128xi1>, tensor<128xf32>
    %264 = stablehlo.convert %255 : (tensor<128xi1>) -> tensor<128xi64>
    %265 = stablehlo.reduce(%264 init: %c_14) applies stablehlo.add across dimensions = [0] : (tensor<128xi64>, tensor<i64>) -> tensor<i64>
    %266 = stablehlo.convert %265 : (tensor<i64>) -> tensor<f32>
    %267 = stablehlo.reduce(%263 init: %cst_13) applies stablehlo.add across dimensions = [0] : (tensor<128xf32>, tensor<f32>) -> tensor<f32>
    %268 = stablehlo.divide %267, %266 : tensor<f32>
    return %268 : tensor<f32>
  }
  func.func @logits(%arg0: tensor<256x32xf32> {pcp.name = "wte.weight", pcp.role = "param"}, %arg1: tensor<32x32xf32> {pcp.name = "blocks.0.attn.q.weight", pcp.role = "param"}, %arg2: tensor<16x32xf32> {pcp.name = "blocks.0.attn.k.weight", pcp.role = "param"}, %arg3: tensor<16x32xf32> {pcp.name = "blocks.0.attn.v.weight", pcp.role = "param"}, %arg4: tensor<32x32xf32> {pcp.name = "blocks.0.attn.out.weight", pcp.role = "param"}, %arg5: tensor<128x32xf32> {pcp.name = "blocks.0.mlp.up.weight", pcp.role = "param"}, %arg6: tensor<32x128xf32> {pcp.name = "blocks.0.mlp.down.weight", pcp.role = "param"}, %arg7: tensor<32x32xf32> {pcp.name = "blocks.1.attn.q.weight", pcp.role = "param"}, %arg8: tensor<16x32xf32> {pcp.name = "blocks.1.attn.k.weight", pcp.role = "param"}, %arg9: tensor<16x32xf32> {pcp.name = "blocks.1.attn.v.weight", pcp.role = "param"}, %arg10: tensor<32x32xf32> {pcp.name = "blocks.1.attn.out.weight", pcp.role = "param"}, %arg11: tensor<128x32xf32> {pcp.name = "blocks.1.mlp.up.weight", pcp.role = "param"}, %arg12: tensor<32x128xf32> {pcp.name = "blocks.1.mlp.down.weight", pcp.role = "param"}, %arg13: tensor<256x32xf32> {pcp.name = "head.weight", pcp.role = "param"}, %arg14: tensor<1x32xi64> {pcp.name = "tokens", pcp.role = "data"}) -> (tensor<1x32x256xf32> {pcp.name = "logits", pcp.role = "aux"}) {
    %cst = stablehlo.constant dense<1.500000e+01> : tensor<1x32x256xf32>
    %cst_0 = stablehlo.constant dense<0xFF800000> : tensor<1x4x32x32xf32>
    %cst_1 = stablehlo.constant dense<0.353553385> : tensor<1x4x32x32xf32>
    %cst_2 = stablehlo.constant dense<9.99999974E-6> : tensor<1x2x32x1xf32>
    %cst_3 = stablehlo.constant dense<8.000000e+00> : tensor<1x2x32x1xf32>
    %cst_4 = stablehlo.constant dense<9.99999974E-6> : tensor<1x4x32x1xf32>
    %cst_5 = stablehlo.constant dense<8.000000e+00> : tensor<1x4x32x1xf32>
    %cst_6 = stablehlo.constant dense<9.99999974E-6> : tensor<1x32x1xf32>
    %cst_7 = stablehlo.constant dense<3.200000e+01> : tensor<1x32x1xf32>
    %c = stablehlo.constant dense<0> : tensor<32xi64>
    %c_8 = stablehlo.constant dense<1> : tensor<32xi64>
    %cst_9 = stablehlo.constant dense<[1.000000e+00, 1.000000e-01, 0.00999999977, 1.000000e-03]> : tensor<4xf32>
    %cst_10 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %cst_11 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %cst_12 = stablehlo.constant dense<0.000000e+00> : tensor<1x32x128xf32>
    %0 = stablehlo.iota dim = 0 : tensor<32xi64>
    %1 = stablehlo.multiply %0, %c_8 : tensor<32xi64>
    %2 = stablehlo.add %1, %c : tensor<32xi64>
    %3 = stablehlo.convert %2 : (tensor<32xi64>) -> tensor<32xf32>
    %4 = stablehlo.broadcast_in_dim %3, dims = [0] : (tensor<32xf32>) -> tensor<32x4xf32>
    %5 = stablehlo.broadcast_in_dim %cst_9, dims = [1] : (tensor<4xf32>) -> tensor<32x4xf32>
    %6 = stablehlo.multiply %4, %5 : tensor<32x4xf32>
    %7 = stablehlo.cosine %6 : tensor<32x4xf32>
    %8 = stablehlo.sine %6 : tensor<32x4xf32>
    %9 = stablehlo.broadcast_in_dim %2, dims = [0] : (tensor<32xi64>) -> tensor<32x32xi64>
    %10 = stablehlo.broadcast_in_dim %2, dims = [1] : (tensor<32xi64>) -> tensor<32x32xi64>
    %11 = stablehlo.compare GE, %9, %10, SIGNED : (tensor<32x32xi64>, tensor<32x32xi64>) -> tensor<32x32xi1>
    %12 = "stablehlo.gather"(%arg0, %arg14) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 32>}> : (tensor<256x32xf32>, tensor<1x32xi64>) -> tensor<1x32x32xf32>
    %13 = stablehlo.multiply %12, %12 : tensor<1x32x32xf32>
    %14 = stablehlo.reduce(%13 init: %cst_11) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %15 = stablehlo.reshape %14 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %16 = stablehlo.divide %15, %cst_7 : tensor<1x32x1xf32>
    %17 = stablehlo.add %16, %cst_6 : tensor<1x32x1xf32>
    %18 = stablehlo.rsqrt %17 : tensor<1x32x1xf32>
    %19 = stablehlo.broadcast_in_dim %18, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %20 = stablehlo.multiply %12, %19 : tensor<1x32x32xf32>
    %21 = stablehlo.multiply %20, %20 : tensor<1x32x32xf32>
    %22 = stablehlo.reduce(%21 init: %cst_11) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %23 = stablehlo.reshape %22 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %24 = stablehlo.divide %23, %cst_7 : tensor<1x32x1xf32>
    %25 = stablehlo.add %24, %cst_6 : tensor<1x32x1xf32>
    %26 = stablehlo.rsqrt %25 : tensor<1x32x1xf32>
    %27 = stablehlo.broadcast_in_dim %26, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %28 = stablehlo.multiply %20, %27 : tensor<1x32x32xf32>
    %29 = stablehlo.transpose %arg1, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %30 = stablehlo.reshape %28 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %31 = stablehlo.dot_general %30, %29, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %32 = stablehlo.reshape %31 : (tensor<32x32xf32>) -> tensor<1x32x4x8xf32>
    %33 = stablehlo.transpose %32, dims = [0, 2, 1, 3] : (tensor<1x32x4x8xf32>) -> tensor<1x4x32x8xf32>
    %34 = stablehlo.slice %33 [0:1, 0:4, 0:32, 0:4] : (tensor<1x4x32x8xf32>) -> tensor<1x4x32x4xf32>
    %35 = stablehlo.slice %33 [0:1, 0:4, 0:32, 4:8] : (tensor<1x4x32x8xf32>) -> tensor<1x4x32x4xf32>
    %36 = stablehlo.broadcast_in_dim %7, dims = [2, 3] : (tensor<32x4xf32>) -> tensor<1x4x32x4xf32>
    %37 = stablehlo.multiply %34, %36 : tensor<1x4x32x4xf32>
    %38 = stablehlo.broadcast_in_dim %8, dims = [2, 3] : (tensor<32x4xf32>) -> tensor<1x4x32x4xf32>
    %39 = stablehlo.multiply %35, %38 : tensor<1x4x32x4xf32>
    %40 = stablehlo.add %37, %39 : tensor<1x4x32x4xf32>
    %41 = stablehlo.multiply %35, %36 : tensor<1x4x32x4xf32>
    %42 = stablehlo.multiply %34, %38 : tensor<1x4x32x4xf32>
    %43 = stablehlo.subtract %41, %42 : tensor<1x4x32x4xf32>
    %44 = stablehlo.concatenate %40, %43, dim = 3 : (tensor<1x4x32x4xf32>, tensor<1x4x32x4xf32>) -> tensor<1x4x32x8xf32>
    %45 = stablehlo.multiply %44, %44 : tensor<1x4x32x8xf32>
    %46 = stablehlo.reduce(%45 init: %cst_11) applies stablehlo.add across dimensions = [3] : (tensor<1x4x32x8xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %47 = stablehlo.reshape %46 : (tensor<1x4x32xf32>) -> tensor<1x4x32x1xf32>
    %48 = stablehlo.divide %47, %cst_5 : tensor<1x4x32x1xf32>
    %49 = stablehlo.add %48, %cst_4 : tensor<1x4x32x1xf32>
    %50 = stablehlo.rsqrt %49 : tensor<1x4x32x1xf32>
    %51 = stablehlo.broadcast_in_dim %50, dims = [0, 1, 2, 3] : (tensor<1x4x32x1xf32>) -> tensor<1x4x32x8xf32>
    %52 = stablehlo.multiply %44, %51 : tensor<1x4x32x8xf32>
    %53 = stablehlo.transpose %arg2, dims = [1, 0] : (tensor<16x32xf32>) -> tensor<32x16xf32>
    %54 = stablehlo.dot_general %30, %53, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x16xf32>) -> tensor<32x16xf32>
    %55 = stablehlo.reshape %54 : (tensor<32x16xf32>) -> tensor<1x32x2x8xf32>
    %56 = stablehlo.transpose %55, dims = [0, 2, 1, 3] : (tensor<1x32x2x8xf32>) -> tensor<1x2x32x8xf32>
    %57 = stablehlo.slice %56 [0:1, 0:2, 0:32, 0:4] : (tensor<1x2x32x8xf32>) -> tensor<1x2x32x4xf32>
    %58 = stablehlo.slice %56 [0:1, 0:2, 0:32, 4:8] : (tensor<1x2x32x8xf32>) -> tensor<1x2x32x4xf32>
    %59 = stablehlo.broadcast_in_dim %7, dims = [2, 3] : (tensor<32x4xf32>) -> tensor<1x2x32x4xf32>
    %60 = stablehlo.multiply %57, %59 : tensor<1x2x32x4xf32>
    %61 = stablehlo.broadcast_in_dim %8, dims = [2, 3] : (tensor<32x4xf32>) -> tensor<1x2x32x4xf32>
    %62 = stablehlo.multiply %58, %61 : tensor<1x2x32x4xf32>
    %63 = stablehlo.add %60, %62 : tensor<1x2x32x4xf32>
    %64 = stablehlo.multiply %58, %59 : tensor<1x2x32x4xf32>
    %65 = stablehlo.multiply %57, %61 : tensor<1x2x32x4xf32>
    %66 = stablehlo.subtract %64, %65 : tensor<1x2x32x4xf32>
    %67 = stablehlo.concatenate %63, %66, dim = 3 : (tensor<1x2x32x4xf32>, tensor<1x2x32x4xf32>) -> tensor<1x2x32x8xf32>
    %68 = stablehlo.multiply %67, %67 : tensor<1x2x32x8xf32>
    %69 = stablehlo.reduce(%68 init: %cst_11) applies stablehlo.add across dimensions = [3] : (tensor<1x2x32x8xf32>, tensor<f32>) -> tensor<1x2x32xf32>
    %70 = stablehlo.reshape %69 : (tensor<1x2x32xf32>) -> tensor<1x2x32x1xf32>
    %71 = stablehlo.divide %70, %cst_3 : tensor<1x2x32x1xf32>
    %72 = stablehlo.add %71, %cst_2 : tensor<1x2x32x1xf32>
    %73 = stablehlo.rsqrt %72 : tensor<1x2x32x1xf32>
    %74 = stablehlo.broadcast_in_dim %73, dims = [0, 1, 2, 3] : (tensor<1x2x32x1xf32>) -> tensor<1x2x32x8xf32>
    %75 = stablehlo.multiply %67, %74 : tensor<1x2x32x8xf32>
    %76 = stablehlo.transpose %arg3, dims = [1, 0] : (tensor<16x32xf32>) -> tensor<32x16xf32>
    %77 = stablehlo.dot_general %30, %76, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x16xf32>) -> tensor<32x16xf32>
    %78 = stablehlo.reshape %77 : (tensor<32x16xf32>) -> tensor<1x32x2x8xf32>
    %79 = stablehlo.transpose %78, dims = [0, 2, 1, 3] : (tensor<1x32x2x8xf32>) -> tensor<1x2x32x8xf32>
    %80 = stablehlo.broadcast_in_dim %79, dims = [0, 1, 3, 4] : (tensor<1x2x32x8xf32>) -> tensor<1x2x2x32x8xf32>
    %81 = stablehlo.broadcast_in_dim %75, dims = [0, 1, 3, 4] : (tensor<1x2x32x8xf32>) -> tensor<1x2x2x32x8xf32>
    %82 = stablehlo.reshape %81 : (tensor<1x2x2x32x8xf32>) -> tensor<1x4x32x8xf32>
    %83 = stablehlo.transpose %82, dims = [0, 1, 3, 2] : (tensor<1x4x32x8xf32>) -> tensor<1x4x8x32xf32>
    %84 = stablehlo.reshape %52 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %85 = stablehlo.reshape %83 : (tensor<1x4x8x32xf32>) -> tensor<4x8x32xf32>
    %86 = stablehlo.dot_general %84, %85, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x8xf32>, tensor<4x8x32xf32>) -> tensor<4x32x32xf32>
    %87 = stablehlo.reshape %86 : (tensor<4x32x32xf32>) -> tensor<1x4x32x32xf32>
    %88 = stablehlo.multiply %87, %cst_1 : tensor<1x4x32x32xf32>
    %89 = stablehlo.not %11 : tensor<32x32xi1>
    %90 = stablehlo.broadcast_in_dim %89, dims = [2, 3] : (tensor<32x32xi1>) -> tensor<1x4x32x32xi1>
    %91 = stablehlo.select %90, %cst_0, %88 : tensor<1x4x32x32xi1>, tensor<1x4x32x32xf32>
    %92 = stablehlo.reduce(%91 init: %cst_10) applies stablehlo.maximum across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %93 = stablehlo.broadcast_in_dim %92, dims = [0, 1, 2] : (tensor<1x4x32xf32>) -> tensor<1x4x32x32xf32>
    %94 = stablehlo.subtract %91, %93 : tensor<1x4x32x32xf32>
    %95 = stablehlo.exponential %94 : tensor<1x4x32x32xf32>
    %96 = stablehlo.reduce(%95 init: %cst_11) applies stablehlo.add across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %97 = stablehlo.broadcast_in_dim %96, dims = [0, 1, 2] : (tensor<1x4x32xf32>) -> tensor<1x4x32x32xf32>
    %98 = stablehlo.divide %95, %97 : tensor<1x4x32x32xf32>
    %99 = stablehlo.reshape %98 : (tensor<1x4x32x32xf32>) -> tensor<4x32x32xf32>
    %100 = stablehlo.reshape %80 : (tensor<1x2x2x32x8xf32>) -> tensor<4x32x8xf32>
    %101 = stablehlo.dot_general %99, %100, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x32xf32>, tensor<4x32x8xf32>) -> tensor<4x32x8xf32>
    %102 = stablehlo.reshape %101 : (tensor<4x32x8xf32>) -> tensor<1x4x32x8xf32>
    %103 = stablehlo.transpose %102, dims = [0, 2, 1, 3] : (tensor<1x4x32x8xf32>) -> tensor<1x32x4x8xf32>
    %104 = stablehlo.transpose %arg4, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %105 = stablehlo.reshape %103 : (tensor<1x32x4x8xf32>) -> tensor<32x32xf32>
    %106 = stablehlo.dot_general %105, %104, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %107 = stablehlo.reshape %106 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %108 = stablehlo.add %20, %107 : tensor<1x32x32xf32>
    %109 = stablehlo.multiply %108, %108 : tensor<1x32x32xf32>
    %110 = stablehlo.reduce(%109 init: %cst_11) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %111 = stablehlo.reshape %110 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %112 = stablehlo.divide %111, %cst_7 : tensor<1x32x1xf32>
    %113 = stablehlo.add %112, %cst_6 : tensor<1x32x1xf32>
    %114 = stablehlo.rsqrt %113 : tensor<1x32x1xf32>
    %115 = stablehlo.broadcast_in_dim %114, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %116 = stablehlo.multiply %108, %115 : tensor<1x32x32xf32>
    %117 = stablehlo.transpose %arg5, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %118 = stablehlo.reshape %116 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %119 = stablehlo.dot_general %118, %117, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x128xf32>) -> tensor<32x128xf32>
    %120 = stablehlo.reshape %119 : (tensor<32x128xf32>) -> tensor<1x32x128xf32>
    %121 = stablehlo.maximum %120, %cst_12 : tensor<1x32x128xf32>
    %122 = stablehlo.multiply %121, %121 : tensor<1x32x128xf32>
    %123 = stablehlo.transpose %arg6, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %124 = stablehlo.reshape %122 : (tensor<1x32x128xf32>) -> tensor<32x128xf32>
    %125 = stablehlo.dot_general %124, %123, contracting_dims = [1] x [0] : (tensor<32x128xf32>, tensor<128x32xf32>) -> tensor<32x32xf32>
    %126 = stablehlo.reshape %125 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %127 = stablehlo.add %108, %126 : tensor<1x32x32xf32>
    %128 = stablehlo.multiply %127, %127 : tensor<1x32x32xf32>
    %129 = stablehlo.reduce(%128 init: %cst_11) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %130 = stablehlo.reshape %129 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %131 = stablehlo.divide %130, %cst_7 : tensor<1x32x1xf32>
    %132 = stablehlo.add %131, %cst_6 : tensor<1x32x1xf32>
    %133 = stablehlo.rsqrt %132 : tensor<1x32x1xf32>
    %134 = stablehlo.broadcast_in_dim %133, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %135 = stablehlo.multiply %127, %134 : tensor<1x32x32xf32>
    %136 = stablehlo.transpose %arg7, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %137 = stablehlo.reshape %135 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %138 = stablehlo.dot_general %137, %136, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %139 = stablehlo.reshape %138 : (tensor<32x32xf32>) -> tensor<1x32x4x8xf32>
    %140 = stablehlo.transpose %139, dims = [0, 2, 1, 3] : (tensor<1x32x4x8xf32>) -> tensor<1x4x32x8xf32>
    %141 = stablehlo.slice %140 [0:1, 0:4, 0:32, 0:4] : (tensor<1x4x32x8xf32>) -> tensor<1x4x32x4xf32>
    %142 = stablehlo.slice %140 [0:1, 0:4, 0:32, 4:8] : (tensor<1x4x32x8xf32>) -> tensor<1x4x32x4xf32>
    %143 = stablehlo.multiply %141, %36 : tensor<1x4x32x4xf32>
    %144 = stablehlo.multiply %142, %38 : tensor<1x4x32x4xf32>
    %145 = stablehlo.add %143, %144 : tensor<1x4x32x4xf32>
    %146 = stablehlo.multiply %142, %36 : tensor<1x4x32x4xf32>
    %147 = stablehlo.multiply %141, %38 : tensor<1x4x32x4xf32>
    %148 = stablehlo.subtract %146, %147 : tensor<1x4x32x4xf32>
    %149 = stablehlo.concatenate %145, %148, dim = 3 : (tensor<1x4x32x4xf32>, tensor<1x4x32x4xf32>) -> tensor<1x4x32x8xf32>
    %150 = stablehlo.multiply %149, %149 : tensor<1x4x32x8xf32>
    %151 = stablehlo.reduce(%150 init: %cst_11) applies stablehlo.add across dimensions = [3] : (tensor<1x4x32x8xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %152 = stablehlo.reshape %151 : (tensor<1x4x32xf32>) -> tensor<1x4x32x1xf32>
    %153 = stablehlo.divide %152, %cst_5 : tensor<1x4x32x1xf32>
    %154 = stablehlo.add %153, %cst_4 : tensor<1x4x32x1xf32>
    %155 = stablehlo.rsqrt %154 : tensor<1x4x32x1xf32>
    %156 = stablehlo.broadcast_in_dim %155, dims = [0, 1, 2, 3] : (tensor<1x4x32x1xf32>) -> tensor<1x4x32x8xf32>
    %157 = stablehlo.multiply %149, %156 : tensor<1x4x32x8xf32>
    %158 = stablehlo.transpose %arg8, dims = [1, 0] : (tensor<16x32xf32>) -> tensor<32x16xf32>
    %159 = stablehlo.dot_general %137, %158, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x16xf32>) -> tensor<32x16xf32>
    %160 = stablehlo.reshape %159 : (tensor<32x16xf32>) -> tensor<1x32x2x8xf32>
    %161 = stablehlo.transpose %160, dims = [0, 2, 1, 3] : (tensor<1x32x2x8xf32>) -> tensor<1x2x32x8xf32>
    %162 = stablehlo.slice %161 [0:1, 0:2, 0:32, 0:4] : (tensor<1x2x32x8xf32>) -> tensor<1x2x32x4xf32>
    %163 = stablehlo.slice %161 [0:1, 0:2, 0:32, 4:8] : (tensor<1x2x32x8xf32>) -> tensor<1x2x32x4xf32>
    %164 = stablehlo.multiply %162, %59 : tensor<1x2x32x4xf32>
    %165 = stablehlo.multiply %163, %61 : tensor<1x2x32x4xf32>
    %166 = stablehlo.add %164, %165 : tensor<1x2x32x4xf32>
    %167 = stablehlo.multiply %163, %59 : tensor<1x2x32x4xf32>
    %168 = stablehlo.multiply %162, %61 : tensor<1x2x32x4xf32>
    %169 = stablehlo.subtract %167, %168 : tensor<1x2x32x4xf32>
    %170 = stablehlo.concatenate %166, %169, dim = 3 : (tensor<1x2x32x4xf32>, tensor<1x2x32x4xf32>) -> tensor<1x2x32x8xf32>
    %171 = stablehlo.multiply %170, %170 : tensor<1x2x32x8xf32>
    %172 = stablehlo.reduce(%171 init: %cst_11) applies stablehlo.add across dimensions = [3] : (tensor<1x2x32x8xf32>, tensor<f32>) -> tensor<1x2x32xf32>
    %173 = stablehlo.reshape %172 : (tensor<1x2x32xf32>) -> tensor<1x2x32x1xf32>
    %174 = stablehlo.divide %173, %cst_3 : tensor<1x2x32x1xf32>
    %175 = stablehlo.add %174, %cst_2 : tensor<1x2x32x1xf32>
    %176 = stablehlo.rsqrt %175 : tensor<1x2x32x1xf32>
    %177 = stablehlo.broadcast_in_dim %176, dims = [0, 1, 2, 3] : (tensor<1x2x32x1xf32>) -> tensor<1x2x32x8xf32>
    %178 = stablehlo.multiply %170, %177 : tensor<1x2x32x8xf32>
    %179 = stablehlo.transpose %arg9, dims = [1, 0] : (tensor<16x32xf32>) -> tensor<32x16xf32>
    %180 = stablehlo.dot_general %137, %179, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x16xf32>) -> tensor<32x16xf32>
    %181 = stablehlo.reshape %180 : (tensor<32x16xf32>) -> tensor<1x32x2x8xf32>
    %182 = stablehlo.transpose %181, dims = [0, 2, 1, 3] : (tensor<1x32x2x8xf32>) -> tensor<1x2x32x8xf32>
    %183 = stablehlo.broadcast_in_dim %182, dims = [0, 1, 3, 4] : (tensor<1x2x32x8xf32>) -> tensor<1x2x2x32x8xf32>
    %184 = stablehlo.broadcast_in_dim %178, dims = [0, 1, 3, 4] : (tensor<1x2x32x8xf32>) -> tensor<1x2x2x32x8xf32>
    %185 = stablehlo.reshape %184 : (tensor<1x2x2x32x8xf32>) -> tensor<1x4x32x8xf32>
    %186 = stablehlo.transpose %185, dims = [0, 1, 3, 2] : (tensor<1x4x32x8xf32>) -> tensor<1x4x8x32xf32>
    %187 = stablehlo.reshape %157 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %188 = stablehlo.reshape %186 : (tensor<1x4x8x32xf32>) -> tensor<4x8x32xf32>
    %189 = stablehlo.dot_general %187, %188, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x8xf32>, tensor<4x8x32xf32>) -> tensor<4x32x32xf32>
    %190 = stablehlo.reshape %189 : (tensor<4x32x32xf32>) -> tensor<1x4x32x32xf32>
    %191 = stablehlo.multiply %190, %cst_1 : tensor<1x4x32x32xf32>
    %192 = stablehlo.select %90, %cst_0, %191 : tensor<1x4x32x32xi1>, tensor<1x4x32x32xf32>
    %193 = stablehlo.reduce(%192 init: %cst_10) applies stablehlo.maximum across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %194 = stablehlo.broadcast_in_dim %193, dims = [0, 1, 2] : (tensor<1x4x32xf32>) -> tensor<1x4x32x32xf32>
    %195 = stablehlo.subtract %192, %194 : tensor<1x4x32x32xf32>
    %196 = stablehlo.exponential %195 : tensor<1x4x32x32xf32>
    %197 = stablehlo.reduce(%196 init: %cst_11) applies stablehlo.add across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %198 = stablehlo.broadcast_in_dim %197, dims = [0, 1, 2] : (tensor<1x4x32xf32>) -> tensor<1x4x32x32xf32>
    %199 = stablehlo.divide %196, %198 : tensor<1x4x32x32xf32>
    %200 = stablehlo.reshape %199 : (tensor<1x4x32x32xf32>) -> tensor<4x32x32xf32>
    %201 = stablehlo.reshape %183 : (tensor<1x2x2x32x8xf32>) -> tensor<4x32x8xf32>
    %202 = stablehlo.dot_general %200, %201, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x32xf32>, tensor<4x32x8xf32>) -> tensor<4x32x8xf32>
    %203 = stablehlo.reshape %202 : (tensor<4x32x8xf32>) -> tensor<1x4x32x8xf32>
    %204 = stablehlo.transpose %203, dims = [0, 2, 1, 3] : (tensor<1x4x32x8xf32>) -> tensor<1x32x4x8xf32>
    %205 = stablehlo.transpose %arg10, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %206 = stablehlo.reshape %204 : (tensor<1x32x4x8xf32>) -> tensor<32x32xf32>
    %207 = stablehlo.dot_general %206, %205, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %208 = stablehlo.reshape %207 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %209 = stablehlo.add %127, %208 : tensor<1x32x32xf32>
    %210 = stablehlo.multiply %209, %209 : tensor<1x32x32xf32>
    %211 = stablehlo.reduce(%210 init: %cst_11) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %212 = stablehlo.reshape %211 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %213 = stablehlo.divide %212, %cst_7 : tensor<1x32x1xf32>
    %214 = stablehlo.add %213, %cst_6 : tensor<1x32x1xf32>
    %215 = stablehlo.rsqrt %214 : tensor<1x32x1xf32>
    %216 = stablehlo.broadcast_in_dim %215, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %217 = stablehlo.multiply %209, %216 : tensor<1x32x32xf32>
    %218 = stablehlo.transpose %arg11, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %219 = stablehlo.reshape %217 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %220 = stablehlo.dot_general %219, %218, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x128xf32>) -> tensor<32x128xf32>
    %221 = stablehlo.reshape %220 : (tensor<32x128xf32>) -> tensor<1x32x128xf32>
    %222 = stablehlo.maximum %221, %cst_12 : tensor<1x32x128xf32>
    %223 = stablehlo.multiply %222, %222 : tensor<1x32x128xf32>
    %224 = stablehlo.transpose %arg12, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %225 = stablehlo.reshape %223 : (tensor<1x32x128xf32>) -> tensor<32x128xf32>
    %226 = stablehlo.dot_general %225, %224, contracting_dims = [1] x [0] : (tensor<32x128xf32>, tensor<128x32xf32>) -> tensor<32x32xf32>
    %227 = stablehlo.reshape %226 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %228 = stablehlo.add %209, %227 : tensor<1x32x32xf32>
    %229 = stablehlo.multiply %228, %228 : tensor<1x32x32xf32>
    %230 = stablehlo.reduce(%229 init: %cst_11) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %231 = stablehlo.reshape %230 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %232 = stablehlo.divide %231, %cst_7 : tensor<1x32x1xf32>
    %233 = stablehlo.add %232, %cst_6 : tensor<1x32x1xf32>
    %234 = stablehlo.rsqrt %233 : tensor<1x32x1xf32>
    %235 = stablehlo.broadcast_in_dim %234, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %236 = stablehlo.multiply %228, %235 : tensor<1x32x32xf32>
    %237 = stablehlo.transpose %arg13, dims = [1, 0] : (tensor<256x32xf32>) -> tensor<32x256xf32>
    %238 = stablehlo.reshape %236 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %239 = stablehlo.dot_general %238, %237, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x256xf32>) -> tensor<32x256xf32>
    %240 = stablehlo.reshape %239 : (tensor<32x256xf32>) -> tensor<1x32x256xf32>
    %241 = stablehlo.divide %240, %cst : tensor<1x32x256xf32>
    %242 = stablehlo.tanh %241 : tensor<1x32x256xf32>
    %243 = stablehlo.multiply %242, %cst : tensor<1x32x256xf32>
    return %243 : tensor<1x32x256xf32>
  }
}
