module attributes {pcp.format = 1 : i64} {
  func.func @main(%arg0: tensor<256x32xf32> {pcp.name = "wte.weight", pcp.role = "param"}, %arg1: tensor<32x32xf32> {pcp.name = "blocks.0.attn.q.weight", pcp.role = "param"}, %arg2: tensor<16x32xf32> {pcp.name = "blocks.0.attn.k.weight", pcp.role = "param"}, %arg3: tensor<16x32xf32> {pcp.name = "blocks.0.attn.v.weight", pcp.role = "param"}, %arg4: tensor<32x32xf32> {pcp.name = "blocks.0.attn.out.weight", pcp.role = "param"}, %arg5: tensor<128x32xf32> {pcp.name = "blocks.0.mlp.up.weight", pcp.role = "param"}, %arg6: tensor<32x128xf32> {pcp.name = "blocks.0.mlp.down.weight", pcp.role = "param"}, %arg7: tensor<32x32xf32> {pcp.name = "blocks.1.attn.q.weight", pcp.role = "param"}, %arg8: tensor<16x32xf32> {pcp.name = "blocks.1.attn.k.weight", pcp.role = "param"}, %arg9: tensor<16x32xf32> {pcp.name = "blocks.1.attn.v.weight", pcp.role = "param"}, %arg10: tensor<32x32xf32> {pcp.name = "blocks.1.attn.out.weight", pcp.role = "param"}, %arg11: tensor<128x32xf32> {pcp.name = "blocks.1.mlp.up.weight", pcp.role = "param"}, %arg12: tensor<32x128xf32> {pcp.name = "blocks.1.mlp.down.weight", pcp.role = "param"}, %arg13: tensor<256x32xf32> {pcp.name = "head.weight", pcp.role = "param"}, %arg14: tensor<4x32xi64> {pcp.name = "tokens", pcp.role = "data"}, %arg15: tensor<4x32xi64> {pcp.name = "targets", pcp.role = "data"}) -> (tensor<f32> {pcp.name = "loss", pcp.role = "loss"}) {
    %cst = stablehlo.constant dense<[1.000000e+00, 1.000000e-01, 0.00999999977, 1.000000e-03]> : tensor<4xf32>
    %c = stablehlo.constant dense<0> : tensor<128xi64>
    %c_0 = stablehlo.constant dense<-1> : tensor<128xi64>
    %c_1 = stablehlo.constant dense<0> : tensor<32xi64>
    %c_2 = stablehlo.constant dense<1> : tensor<32xi64>
    %cst_3 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %c_4 = stablehlo.constant dense<0> : tensor<i64>
    %cst_5 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %cst_6 = stablehlo.constant dense<0.000000e+00> : tensor<4x32x128xf32>
    %cst_7 = arith.constant dense<32> : tensor<1xi64>
    %cst_8 = arith.constant dense<1.000000e-05> : tensor<1xf64>
    %cst_9 = arith.constant dense<8> : tensor<1xi64>
    %cst_10 = arith.constant dense<0.35355339059327373> : tensor<1xf64>
    %cst_11 = arith.constant dense<1.500000e+01> : tensor<1xf64>
    %c_12 = stablehlo.constant dense<1> : tensor<i64>
    %c_13 = stablehlo.constant dense<32> : tensor<i64>
    %0 = stablehlo.convert %c_12 : (tensor<i64>) -> tensor<f64>
    %1 = stablehlo.convert %c_13 : (tensor<i64>) -> tensor<f64>
    %2 = stablehlo.divide %1, %0 : tensor<f64>
    %3 = stablehlo.ceil %2 : tensor<f64>
    %4 = stablehlo.convert %3 : (tensor<f64>) -> tensor<i64>
    %5 = stablehlo.reshape %4 : (tensor<i64>) -> tensor<1xi64>
    %6 = stablehlo.dynamic_iota %5, dim = 0 : (tensor<1xi64>) -> tensor<32xi64>
    %7 = stablehlo.multiply %6, %c_2 : tensor<32xi64>
    %8 = stablehlo.add %7, %c_1 : tensor<32xi64>
    %9 = stablehlo.convert %8 : (tensor<32xi64>) -> tensor<32xf32>
    %10 = stablehlo.reshape %9 : (tensor<32xf32>) -> tensor<32x1xf32>
    %11 = stablehlo.broadcast_in_dim %10, dims = [0, 1] : (tensor<32x1xf32>) -> tensor<32x4xf32>
    %12 = stablehlo.broadcast_in_dim %cst, dims = [1] : (tensor<4xf32>) -> tensor<32x4xf32>
    %13 = stablehlo.multiply %11, %12 : tensor<32x4xf32>
    %14 = stablehlo.cosine %13 : tensor<32x4xf32>
    %15 = stablehlo.sine %13 : tensor<32x4xf32>
    %16 = stablehlo.reshape %8 : (tensor<32xi64>) -> tensor<32x1xi64>
    %17 = stablehlo.reshape %8 : (tensor<32xi64>) -> tensor<1x32xi64>
    %18 = stablehlo.broadcast_in_dim %16, dims = [0, 1] : (tensor<32x1xi64>) -> tensor<32x32xi64>
    %19 = stablehlo.broadcast_in_dim %17, dims = [0, 1] : (tensor<1x32xi64>) -> tensor<32x32xi64>
    %20 = stablehlo.compare GE, %18, %19, SIGNED : (tensor<32x32xi64>, tensor<32x32xi64>) -> tensor<32x32xi1>
    %21 = "stablehlo.gather"(%arg0, %arg14) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 32>}> : (tensor<256x32xf32>, tensor<4x32xi64>) -> tensor<4x32x32xf32>
    %22 = stablehlo.convert %21 : tensor<4x32x32xf32>
    %23 = stablehlo.multiply %22, %22 : tensor<4x32x32xf32>
    %24 = stablehlo.reduce(%23 init: %cst_3) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %25 = stablehlo.reshape %24 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %26 = stablehlo.convert %cst_7 : (tensor<1xi64>) -> tensor<1xf32>
    %27 = stablehlo.reshape %26 : (tensor<1xf32>) -> tensor<f32>
    %28 = stablehlo.broadcast_in_dim %27, dims = [] : (tensor<f32>) -> tensor<4x32x1xf32>
    %29 = stablehlo.divide %25, %28 : tensor<4x32x1xf32>
    %30 = stablehlo.convert %cst_8 : (tensor<1xf64>) -> tensor<1xf32>
    %31 = stablehlo.reshape %30 : (tensor<1xf32>) -> tensor<f32>
    %32 = stablehlo.broadcast_in_dim %31, dims = [] : (tensor<f32>) -> tensor<4x32x1xf32>
    %33 = stablehlo.add %29, %32 : tensor<4x32x1xf32>
    %34 = stablehlo.rsqrt %33 : tensor<4x32x1xf32>
    %35 = stablehlo.broadcast_in_dim %34, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %36 = stablehlo.multiply %22, %35 : tensor<4x32x32xf32>
    %37 = stablehlo.multiply %36, %36 : tensor<4x32x32xf32>
    %38 = stablehlo.reduce(%37 init: %cst_3) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %39 = stablehlo.reshape %38 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %40 = stablehlo.divide %39, %28 : tensor<4x32x1xf32>
    %41 = stablehlo.add %40, %32 : tensor<4x32x1xf32>
    %42 = stablehlo.rsqrt %41 : tensor<4x32x1xf32>
    %43 = stablehlo.broadcast_in_dim %42, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %44 = stablehlo.multiply %36, %43 : tensor<4x32x32xf32>
    %45 = stablehlo.transpose %arg1, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %46 = stablehlo.reshape %44 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %47 = stablehlo.dot_general %46, %45, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %48 = stablehlo.reshape %47 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %49 = stablehlo.reshape %48 : (tensor<4x32x32xf32>) -> tensor<4x32x4x8xf32>
    %50 = stablehlo.transpose %49, dims = [0, 2, 1, 3] : (tensor<4x32x4x8xf32>) -> tensor<4x4x32x8xf32>
    %51 = stablehlo.slice %50 [0:4, 0:4, 0:32, 0:4] : (tensor<4x4x32x8xf32>) -> tensor<4x4x32x4xf32>
    %52 = stablehlo.slice %50 [0:4, 0:4, 0:32, 4:8] : (tensor<4x4x32x8xf32>) -> tensor<4x4x32x4xf32>
    %53 = stablehlo.broadcast_in_dim %14, dims = [2, 3] : (tensor<32x4xf32>) -> tensor<4x4x32x4xf32>
    %54 = stablehlo.multiply %51, %53 : tensor<4x4x32x4xf32>
    %55 = stablehlo.broadcast_in_dim %15, dims = [2, 3] : (tensor<32x4xf32>) -> tensor<4x4x32x4xf32>
    %56 = stablehlo.multiply %52, %55 : tensor<4x4x32x4xf32>
    %57 = stablehlo.add %54, %56 : tensor<4x4x32x4xf32>
    %58 = stablehlo.multiply %52, %53 : tensor<4x4x32x4xf32>
    %59 = stablehlo.multiply %51, %55 : tensor<4x4x32x4xf32>
    %60 = stablehlo.subtract %58, %59 : tensor<4x4x32x4xf32>
    %61 = stablehlo.concatenate %57, %60, dim = 3 : (tensor<4x4x32x4xf32>, tensor<4x4x32x4xf32>) -> tensor<4x4x32x8xf32>
    %62 = stablehlo.multiply %61, %61 : tensor<4x4x32x8xf32>
    %63 = stablehlo.reduce(%62 init: %cst_3) applies stablehlo.add across dimensions = [3] : (tensor<4x4x32x8xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %64 = stablehlo.reshape %63 : (tensor<4x4x32xf32>) -> tensor<4x4x32x1xf32>
    %65 = stablehlo.convert %cst_9 : (tensor<1xi64>) -> tensor<1xf32>
    %66 = stablehlo.reshape %65 : (tensor<1xf32>) -> tensor<f32>
    %67 = stablehlo.broadcast_in_dim %66, dims = [] : (tensor<f32>) -> tensor<4x4x32x1xf32>
    %68 = stablehlo.divide %64, %67 : tensor<4x4x32x1xf32>
    %69 = stablehlo.broadcast_in_dim %31, dims = [] : (tensor<f32>) -> tensor<4x4x32x1xf32>
    %70 = stablehlo.add %68, %69 : tensor<4x4x32x1xf32>
    %71 = stablehlo.rsqrt %70 : tensor<4x4x32x1xf32>
    %72 = stablehlo.broadcast_in_dim %71, dims = [0, 1, 2, 3] : (tensor<4x4x32x1xf32>) -> tensor<4x4x32x8xf32>
    %73 = stablehlo.multiply %61, %72 : tensor<4x4x32x8xf32>
    %74 = stablehlo.transpose %arg2, dims = [1, 0] : (tensor<16x32xf32>) -> tensor<32x16xf32>
    %75 = stablehlo.dot_general %46, %74, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x16xf32>) -> tensor<128x16xf32>
    %76 = stablehlo.reshape %75 : (tensor<128x16xf32>) -> tensor<4x32x16xf32>
    %77 = stablehlo.reshape %76 : (tensor<4x32x16xf32>) -> tensor<4x32x2x8xf32>
    %78 = stablehlo.transpose %77, dims = [0, 2, 1, 3] : (tensor<4x32x2x8xf32>) -> tensor<4x2x32x8xf32>
    %79 = stablehlo.slice %78 [0:4, 0:2, 0:32, 0:4] : (tensor<4x2x32x8xf32>) -> tensor<4x2x32x4xf32>
    %80 = stablehlo.slice %78 [0:4, 0:2, 0:32, 4:8] : (tensor<4x2x32x8xf32>) -> tensor<4x2x32x4xf32>
    %81 = stablehlo.broadcast_in_dim %14, dims = [2, 3] : (tensor<32x4xf32>) -> tensor<4x2x32x4xf32>
    %82 = stablehlo.multiply %79, %81 : tensor<4x2x32x4xf32>
    %83 = stablehlo.broadcast_in_dim %15, dims = [2, 3] : (tensor<32x4xf32>) -> tensor<4x2x32x4xf32>
    %84 = stablehlo.multiply %80, %83 : tensor<4x2x32x4xf32>
    %85 = stablehlo.add %82, %84 : tensor<4x2x32x4xf32>
    %86 = stablehlo.multiply %80, %81 : tensor<4x2x32x4xf32>
    %87 = stablehlo.multiply %79, %83 : tensor<4x2x32x4xf32>
    %88 = stablehlo.subtract %86, %87 : tensor<4x2x32x4xf32>
    %89 = stablehlo.concatenate %85, %88, dim = 3 : (tensor<4x2x32x4xf32>, tensor<4x2x32x4xf32>) -> tensor<4x2x32x8xf32>
    %90 = stablehlo.multiply %89, %89 : tensor<4x2x32x8xf32>
    %91 = stablehlo.reduce(%90 init: %cst_3) applies stablehlo.add across dimensions = [3] : (tensor<4x2x32x8xf32>, tensor<f32>) -> tensor<4x2x32xf32>
    %92 = stablehlo.reshape %91 : (tensor<4x2x32xf32>) -> tensor<4x2x32x1xf32>
    %93 = stablehlo.broadcast_in_dim %66, dims = [] : (tensor<f32>) -> tensor<4x2x32x1xf32>
    %94 = stablehlo.divide %92, %93 : tensor<4x2x32x1xf32>
    %95 = stablehlo.broadcast_in_dim %31, dims = [] : (tensor<f32>) -> tensor<4x2x32x1xf32>
    %96 = stablehlo.add %94, %95 : tensor<4x2x32x1xf32>
    %97 = stablehlo.rsqrt %96 : tensor<4x2x32x1xf32>
    %98 = stablehlo.broadcast_in_dim %97, dims = [0, 1, 2, 3] : (tensor<4x2x32x1xf32>) -> tensor<4x2x32x8xf32>
    %99 = stablehlo.multiply %89, %98 : tensor<4x2x32x8xf32>
    %100 = stablehlo.transpose %arg3, dims = [1, 0] : (tensor<16x32xf32>) -> tensor<32x16xf32>
    %101 = stablehlo.dot_general %46, %100, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x16xf32>) -> tensor<128x16xf32>
    %102 = stablehlo.reshape %101 : (tensor<128x16xf32>) -> tensor<4x32x16xf32>
    %103 = stablehlo.reshape %102 : (tensor<4x32x16xf32>) -> tensor<4x32x2x8xf32>
    %104 = stablehlo.transpose %103, dims = [0, 2, 1, 3] : (tensor<4x32x2x8xf32>) -> tensor<4x2x32x8xf32>
    %105 = stablehlo.reshape %104 : (tensor<4x2x32x8xf32>) -> tensor<4x2x1x32x8xf32>
    %106 = stablehlo.broadcast_in_dim %105, dims = [0, 1, 2, 3, 4] : (tensor<4x2x1x32x8xf32>) -> tensor<4x2x2x32x8xf32>
    %107 = stablehlo.reshape %106 : (tensor<4x2x2x32x8xf32>) -> tensor<4x4x32x8xf32>
    %108 = stablehlo.reshape %99 : (tensor<4x2x32x8xf32>) -> tensor<4x2x1x32x8xf32>
    %109 = stablehlo.broadcast_in_dim %108, dims = [0, 1, 2, 3, 4] : (tensor<4x2x1x32x8xf32>) -> tensor<4x2x2x32x8xf32>
    %110 = stablehlo.reshape %109 : (tensor<4x2x2x32x8xf32>) -> tensor<4x4x32x8xf32>
    %111 = stablehlo.transpose %110, dims = [0, 1, 3, 2] : (tensor<4x4x32x8xf32>) -> tensor<4x4x8x32xf32>
    %112 = stablehlo.reshape %73 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %113 = stablehlo.reshape %111 : (tensor<4x4x8x32xf32>) -> tensor<16x8x32xf32>
    %114 = stablehlo.broadcast_in_dim %113, dims = [0, 1, 2] : (tensor<16x8x32xf32>) -> tensor<16x8x32xf32>
    %115 = stablehlo.dot_general %112, %114, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x8xf32>, tensor<16x8x32xf32>) -> tensor<16x32x32xf32>
    %116 = stablehlo.reshape %115 : (tensor<16x32x32xf32>) -> tensor<4x4x32x32xf32>
    %117 = stablehlo.convert %cst_10 : (tensor<1xf64>) -> tensor<1xf32>
    %118 = stablehlo.reshape %117 : (tensor<1xf32>) -> tensor<f32>
    %119 = stablehlo.broadcast_in_dim %118, dims = [] : (tensor<f32>) -> tensor<4x4x32x32xf32>
    %120 = stablehlo.multiply %116, %119 : tensor<4x4x32x32xf32>
    %121 = stablehlo.not %20 : tensor<32x32xi1>
    %122 = stablehlo.reshape %121 : (tensor<32x32xi1>) -> tensor<1x1x32x32xi1>
    %123 = stablehlo.broadcast_in_dim %122, dims = [0, 1, 2, 3] : (tensor<1x1x32x32xi1>) -> tensor<4x4x32x32xi1>
    %124 = stablehlo.broadcast_in_dim %cst_5, dims = [] : (tensor<f32>) -> tensor<4x4x32x32xf32>
    %125 = stablehlo.broadcast_in_dim %120, dims = [0, 1, 2, 3] : (tensor<4x4x32x32xf32>) -> tensor<4x4x32x32xf32>
    %126 = stablehlo.select %123, %124, %125 : tensor<4x4x32x32xi1>, tensor<4x4x32x32xf32>
    %127 = stablehlo.reduce(%126 init: %cst_5) applies stablehlo.maximum across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %128 = stablehlo.reshape %127 : (tensor<4x4x32xf32>) -> tensor<4x4x32x1xf32>
    %129 = stablehlo.broadcast_in_dim %128, dims = [0, 1, 2, 3] : (tensor<4x4x32x1xf32>) -> tensor<4x4x32x32xf32>
    %130 = stablehlo.subtract %126, %129 : tensor<4x4x32x32xf32>
    %131 = stablehlo.exponential %130 : tensor<4x4x32x32xf32>
    %132 = stablehlo.reduce(%131 init: %cst_3) applies stablehlo.add across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %133 = stablehlo.reshape %132 : (tensor<4x4x32xf32>) -> tensor<4x4x32x1xf32>
    %134 = stablehlo.broadcast_in_dim %133, dims = [0, 1, 2, 3] : (tensor<4x4x32x1xf32>) -> tensor<4x4x32x32xf32>
    %135 = stablehlo.divide %131, %134 : tensor<4x4x32x32xf32>
    %136 = stablehlo.reshape %135 : (tensor<4x4x32x32xf32>) -> tensor<16x32x32xf32>
    %137 = stablehlo.reshape %107 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %138 = stablehlo.broadcast_in_dim %137, dims = [0, 1, 2] : (tensor<16x32x8xf32>) -> tensor<16x32x8xf32>
    %139 = stablehlo.dot_general %136, %138, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x32xf32>, tensor<16x32x8xf32>) -> tensor<16x32x8xf32>
    %140 = stablehlo.reshape %139 : (tensor<16x32x8xf32>) -> tensor<4x4x32x8xf32>
    %141 = stablehlo.transpose %140, dims = [0, 2, 1, 3] : (tensor<4x4x32x8xf32>) -> tensor<4x32x4x8xf32>
    %142 = stablehlo.reshape %141 : (tensor<4x32x4x8xf32>) -> tensor<4x32x32xf32>
    %143 = stablehlo.transpose %arg4, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %144 = stablehlo.reshape %142 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %145 = stablehlo.dot_general %144, %143, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %146 = stablehlo.reshape %145 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %147 = stablehlo.add %36, %146 : tensor<4x32x32xf32>
    %148 = stablehlo.multiply %147, %147 : tensor<4x32x32xf32>
    %149 = stablehlo.reduce(%148 init: %cst_3) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %150 = stablehlo.reshape %149 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %151 = stablehlo.divide %150, %28 : tensor<4x32x1xf32>
    %152 = stablehlo.add %151, %32 : tensor<4x32x1xf32>
    %153 = stablehlo.rsqrt %152 : tensor<4x32x1xf32>
    %154 = stablehlo.broadcast_in_dim %153, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %155 = stablehlo.multiply %147, %154 : tensor<4x32x32xf32>
    %156 = stablehlo.transpose %arg5, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %157 = stablehlo.reshape %155 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %158 = stablehlo.dot_general %157, %156, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x128xf32>) -> tensor<128x128xf32>
    %159 = stablehlo.reshape %158 : (tensor<128x128xf32>) -> tensor<4x32x128xf32>
    %160 = stablehlo.maximum %159, %cst_6 : tensor<4x32x128xf32>
    %161 = stablehlo.multiply %160, %160 : tensor<4x32x128xf32>
    %162 = stablehlo.transpose %arg6, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %163 = stablehlo.reshape %161 : (tensor<4x32x128xf32>) -> tensor<128x128xf32>
    %164 = stablehlo.dot_general %163, %162, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x32xf32>) -> tensor<128x32xf32>
    %165 = stablehlo.reshape %164 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %166 = stablehlo.add %147, %165 : tensor<4x32x32xf32>
    %167 = stablehlo.multiply %166, %166 : tensor<4x32x32xf32>
    %168 = stablehlo.reduce(%167 init: %cst_3) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %169 = stablehlo.reshape %168 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %170 = stablehlo.divide %169, %28 : tensor<4x32x1xf32>
    %171 = stablehlo.add %170, %32 : tensor<4x32x1xf32>
    %172 = stablehlo.rsqrt %171 : tensor<4x32x1xf32>
    %173 = stablehlo.broadcast_in_dim %172, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %174 = stablehlo.multiply %166, %173 : tensor<4x32x32xf32>
    %175 = stablehlo.transpose %arg7, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %176 = stablehlo.reshape %174 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %177 = stablehlo.dot_general %176, %175, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %178 = stablehlo.reshape %177 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %179 = stablehlo.reshape %178 : (tensor<4x32x32xf32>) -> tensor<4x32x4x8xf32>
    %180 = stablehlo.transpose %179, dims = [0, 2, 1, 3] : (tensor<4x32x4x8xf32>) -> tensor<4x4x32x8xf32>
    %181 = stablehlo.slice %180 [0:4, 0:4, 0:32, 0:4] : (tensor<4x4x32x8xf32>) -> tensor<4x4x32x4xf32>
    %182 = stablehlo.slice %180 [0:4, 0:4, 0:32, 4:8] : (tensor<4x4x32x8xf32>) -> tensor<4x4x32x4xf32>
    %183 = stablehlo.multiply %181, %53 : tensor<4x4x32x4xf32>
    %184 = stablehlo.multiply %182, %55 : tensor<4x4x32x4xf32>
    %185 = stablehlo.add %183, %184 : tensor<4x4x32x4xf32>
    %186 = stablehlo.multiply %182, %53 : tensor<4x4x32x4xf32>
    %187 = stablehlo.multiply %181, %55 : tensor<4x4x32x4xf32>
    %188 = stablehlo.subtract %186, %187 : tensor<4x4x32x4xf32>
    %189 = stablehlo.concatenate %185, %188, dim = 3 : (tensor<4x4x32x4xf32>, tensor<4x4x32x4xf32>) -> tensor<4x4x32x8xf32>
    %190 = stablehlo.multiply %189, %189 : tensor<4x4x32x8xf32>
    %191 = stablehlo.reduce(%190 init: %cst_3) applies stablehlo.add across dimensions = [3] : (tensor<4x4x32x8xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %192 = stablehlo.reshape %191 : (tensor<4x4x32xf32>) -> tensor<4x4x32x1xf32>
    %193 = stablehlo.divide %192, %67 : tensor<4x4x32x1xf32>
    %194 = stablehlo.add %193, %69 : tensor<4x4x32x1xf32>
    %195 = stablehlo.rsqrt %194 : tensor<4x4x32x1xf32>
    %196 = stablehlo.broadcast_in_dim %195, dims = [0, 1, 2, 3] : (tensor<4x4x32x1xf32>) -> tensor<4x4x32x8xf32>
    %197 = stablehlo.multiply %189, %196 : tensor<4x4x32x8xf32>
    %198 = stablehlo.transpose %arg8, dims = [1, 0] : (tensor<16x32xf32>) -> tensor<32x16xf32>
    %199 = stablehlo.dot_general %176, %198, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x16xf32>) -> tensor<128x16xf32>
    %200 = stablehlo.reshape %199 : (tensor<128x16xf32>) -> tensor<4x32x16xf32>
    %201 = stablehlo.reshape %200 : (tensor<4x32x16xf32>) -> tensor<4x32x2x8xf32>
    %202 = stablehlo.transpose %201, dims = [0, 2, 1, 3] : (tensor<4x32x2x8xf32>) -> tensor<4x2x32x8xf32>
    %203 = stablehlo.slice %202 [0:4, 0:2, 0:32, 0:4] : (tensor<4x2x32x8xf32>) -> tensor<4x2x32x4xf32>
    %204 = stablehlo.slice %202 [0:4, 0:2, 0:32, 4:8] : (tensor<4x2x32x8xf32>) -> tensor<4x2x32x4xf32>
    %205 = stablehlo.multiply %203, %81 : tensor<4x2x32x4xf32>
    %206 = stablehlo.multiply %204, %83 : tensor<4x2x32x4xf32>
    %207 = stablehlo.add %205, %206 : tensor<4x2x32x4xf32>
    %208 = stablehlo.multiply %204, %81 : tensor<4x2x32x4xf32>
    %209 = stablehlo.multiply %203, %83 : tensor<4x2x32x4xf32>
    %210 = stablehlo.subtract %208, %209 : tensor<4x2x32x4xf32>
    %211 = stablehlo.concatenate %207, %210, dim = 3 : (tensor<4x2x32x4xf32>, tensor<4x2x32x4xf32>) -> tensor<4x2x32x8xf32>
    %212 = stablehlo.multiply %211, %211 : tensor<4x2x32x8xf32>
    %213 = stablehlo.reduce(%212 init: %cst_3) applies stablehlo.add across dimensions = [3] : (tensor<4x2x32x8xf32>, tensor<f32>) -> tensor<4x2x32xf32>
    %214 = stablehlo.reshape %213 : (tensor<4x2x32xf32>) -> tensor<4x2x32x1xf32>
    %215 = stablehlo.divide %214, %93 : tensor<4x2x32x1xf32>
    %216 = stablehlo.add %215, %95 : tensor<4x2x32x1xf32>
    %217 = stablehlo.rsqrt %216 : tensor<4x2x32x1xf32>
    %218 = stablehlo.broadcast_in_dim %217, dims = [0, 1, 2, 3] : (tensor<4x2x32x1xf32>) -> tensor<4x2x32x8xf32>
    %219 = stablehlo.multiply %211, %218 : tensor<4x2x32x8xf32>
    %220 = stablehlo.transpose %arg9, dims = [1, 0] : (tensor<16x32xf32>) -> tensor<32x16xf32>
    %221 = stablehlo.dot_general %176, %220, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x16xf32>) -> tensor<128x16xf32>
    %222 = stablehlo.reshape %221 : (tensor<128x16xf32>) -> tensor<4x32x16xf32>
    %223 = stablehlo.reshape %222 : (tensor<4x32x16xf32>) -> tensor<4x32x2x8xf32>
    %224 = stablehlo.transpose %223, dims = [0, 2, 1, 3] : (tensor<4x32x2x8xf32>) -> tensor<4x2x32x8xf32>
    %225 = stablehlo.reshape %224 : (tensor<4x2x32x8xf32>) -> tensor<4x2x1x32x8xf32>
    %226 = stablehlo.broadcast_in_dim %225, dims = [0, 1, 2, 3, 4] : (tensor<4x2x1x32x8xf32>) -> tensor<4x2x2x32x8xf32>
    %227 = stablehlo.reshape %226 : (tensor<4x2x2x32x8xf32>) -> tensor<4x4x32x8xf32>
    %228 = stablehlo.reshape %219 : (tensor<4x2x32x8xf32>) -> tensor<4x2x1x32x8xf32>
    %229 = stablehlo.broadcast_in_dim %228, dims = [0, 1, 2, 3, 4] : (tensor<4x2x1x32x8xf32>) -> tensor<4x2x2x32x8xf32>
    %230 = stablehlo.reshape %229 : (tensor<4x2x2x32x8xf32>) -> tensor<4x4x32x8xf32>
    %231 = stablehlo.transpose %230, dims = [0, 1, 3, 2] : (tensor<4x4x32x8xf32>) -> tensor<4x4x8x32xf32>
    %232 = stablehlo.reshape %197 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %233 = stablehlo.reshape %231 : (tensor<4x4x8x32xf32>) -> tensor<16x8x32xf32>
    %234 = stablehlo.broadcast_in_dim %233, dims = [0, 1, 2] : (tensor<16x8x32xf32>) -> tensor<16x8x32xf32>
    %235 = stablehlo.dot_general %232, %234, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x8xf32>, tensor<16x8x32xf32>) -> tensor<16x32x32xf32>
    %236 = stablehlo.reshape %235 : (tensor<16x32x32xf32>) -> tensor<4x4x32x32xf32>
    %237 = stablehlo.multiply %236, %119 : tensor<4x4x32x32xf32>
    %238 = stablehlo.broadcast_in_dim %237, dims = [0, 1, 2, 3] : (tensor<4x4x32x32xf32>) -> tensor<4x4x32x32xf32>
    %239 = stablehlo.select %123, %124, %238 : tensor<4x4x32x32xi1>, tensor<4x4x32x32xf32>
    %240 = stablehlo.reduce(%239 init: %cst_5) applies stablehlo.maximum across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %241 = stablehlo.reshape %240 : (tensor<4x4x32xf32>) -> tensor<4x4x32x1xf32>
    %242 = stablehlo.broadcast_in_dim %241, dims = [0, 1, 2, 3] : (tensor<4x4x32x1xf32>) -> tensor<4x4x32x32xf32>
    %243 = stablehlo.subtract %239, %242 : tensor<4x4x32x32xf32>
    %244 = stablehlo.exponential %243 : tensor<4x4x32x32xf32>
    %245 = stablehlo.reduce(%244 init: %cst_3) applies stablehlo.add across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %246 = stablehlo.reshape %245 : (tensor<4x4x32xf32>) -> tensor<4x4x32x1xf32>
    %247 = stablehlo.broadcast_in_dim %246, dims = [0, 1, 2, 3] : (tensor<4x4x32x1xf32>) -> tensor<4x4x32x32xf32>
    %248 = stablehlo.divide %244, %247 : tensor<4x4x32x32xf32>
    %249 = stablehlo.reshape %248 : (tensor<4x4x32x32xf32>) -> tensor<16x32x32xf32>
    %250 = stablehlo.reshape %227 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %251 = stablehlo.broadcast_in_dim %250, dims = [0, 1, 2] : (tensor<16x32x8xf32>) -> tensor<16x32x8xf32>
    %252 = stablehlo.dot_general %249, %251, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x32xf32>, tensor<16x32x8xf32>) -> tensor<16x32x8xf32>
    %253 = stablehlo.reshape %252 : (tensor<16x32x8xf32>) -> tensor<4x4x32x8xf32>
    %254 = stablehlo.transpose %253, dims = [0, 2, 1, 3] : (tensor<4x4x32x8xf32>) -> tensor<4x32x4x8xf32>
    %255 = stablehlo.reshape %254 : (tensor<4x32x4x8xf32>) -> tensor<4x32x32xf32>
    %256 = stablehlo.transpose %arg10, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %257 = stablehlo.reshape %255 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %258 = stablehlo.dot_general %257, %256, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %259 = stablehlo.reshape %258 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %260 = stablehlo.add %166, %259 : tensor<4x32x32xf32>
    %261 = stablehlo.multiply %260, %260 : tensor<4x32x32xf32>
    %262 = stablehlo.reduce(%261 init: %cst_3) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %263 = stablehlo.reshape %262 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %264 = stablehlo.divide %263, %28 : tensor<4x32x1xf32>
    %265 = stablehlo.add %264, %32 : tensor<4x32x1xf32>
    %266 = stablehlo.rsqrt %265 : tensor<4x32x1xf32>
    %267 = stablehlo.broadcast_in_dim %266, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %268 = stablehlo.multiply %260, %267 : tensor<4x32x32xf32>
    %269 = stablehlo.transpose %arg11, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %270 = stablehlo.reshape %268 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %271 = stablehlo.dot_general %270, %269, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x128xf32>) -> tensor<128x128xf32>
    %272 = stablehlo.reshape %271 : (tensor<128x128xf32>) -> tensor<4x32x128xf32>
    %273 = stablehlo.maximum %272, %cst_6 : tensor<4x32x128xf32>
    %274 = stablehlo.multiply %273, %273 : tensor<4x32x128xf32>
    %275 = stablehlo.transpose %arg12, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %276 = stablehlo.reshape %274 : (tensor<4x32x128xf32>) -> tensor<128x128xf32>
    %277 = stablehlo.dot_general %276, %275, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x32xf32>) -> tensor<128x32xf32>
    %278 = stablehlo.reshape %277 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %279 = stablehlo.add %260, %278 : tensor<4x32x32xf32>
    %280 = stablehlo.multiply %279, %279 : tensor<4x32x32xf32>
    %281 = stablehlo.reduce(%280 init: %cst_3) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %282 = stablehlo.reshape %281 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %283 = stablehlo.divide %282, %28 : tensor<4x32x1xf32>
    %284 = stablehlo.add %283, %32 : tensor<4x32x1xf32>
    %285 = stablehlo.rsqrt %284 : tensor<4x32x1xf32>
    %286 = stablehlo.broadcast_in_dim %285, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %287 = stablehlo.multiply %279, %286 : tensor<4x32x32xf32>
    %288 = stablehlo.transpose %arg13, dims = [1, 0] : (tensor<256x32xf32>) -> tensor<32x256xf32>
    %289 = stablehlo.reshape %287 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %290 = stablehlo.dot_general %289, %288, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x256xf32>) -> tensor<128x256xf32>
    %291 = stablehlo.reshape %290 : (tensor<128x256xf32>) -> tensor<4x32x256xf32>
    %292 = stablehlo.convert %cst_11 : (tensor<1xf64>) -> tensor<1xf32>
    %293 = stablehlo.reshape %292 : (tensor<1xf32>) -> tensor<f32>
    %294 = stablehlo.broadcast_in_dim %293, dims = [] : (tensor<f32>) -> tensor<4x32x256xf32>
    %295 = stablehlo.divide %291, %294 : tensor<4x32x256xf32>
    %296 = stablehlo.tanh %295 : tensor<4x32x256xf32>
    %297 = stablehlo.multiply %296, %294 : tensor<4x32x256xf32>
    %298 = stablehlo.reshape %297 : (tensor<4x32x256xf32>) -> tensor<128x256xf32>
    %299 = stablehlo.reshape %arg15 : (tensor<4x32xi64>) -> tensor<128xi64>
    %300 = stablehlo.reduce(%298 init: %cst_5) applies stablehlo.maximum across dimensions = [1] : (tensor<128x256xf32>, tensor<f32>) -> tensor<128xf32>
    %301 = stablehlo.reshape %300 : (tensor<128xf32>) -> tensor<128x1xf32>
    %302 = stablehlo.broadcast_in_dim %301, dims = [0, 1] : (tensor<128x1xf32>) -> tensor<128x256xf32>
    %303 = stablehlo.subtract %298, %302 : tensor<128x256xf32>
    %304 = stablehlo.exponential %303 : tensor<128x256xf32>
    %305 = stablehlo.reduce(%304 init: %cst_3) applies stablehlo.add across dimensions = [1] : (tensor<128x256xf32>, tensor<f32>) -> tensor<128xf32>
    %306 = stablehlo.reshape %305 : (tensor<128xf32>) -> tensor<128x1xf32>
    %307 = stablehlo.log %306 : tensor<128x1xf32>
    %308 = stablehlo.broadcast_in_dim %307, dims = [0, 1] : (tensor<128x1xf32>) -> tensor<128x256xf32>
    %309 = stablehlo.subtract %303, %308 : tensor<128x256xf32>
    %310 = stablehlo.compare NE, %299, %c_0, SIGNED : (tensor<128xi64>, tensor<128xi64>) -> tensor<128xi1>
    %311 = stablehlo.broadcast_in_dim %310, dims = [0] : (tensor<128xi1>) -> tensor<128xi1>
    %312 = stablehlo.broadcast_in_dim %299, dims = [0] : (tensor<128xi64>) -> tensor<128xi64>
    %313 = stablehlo.select %311, %312, %c : tensor<128xi1>, tensor<128xi64>
    %314 = stablehlo.reshape %313 : (tensor<128xi64>) -> tensor<128x1xi64>
    %315 = stablehlo.iota dim = 0 : tensor<128x1x1xi64>
    %316 = stablehlo.reshape %314 : (tensor<128x1xi64>) -> tensor<128x1x1xi64>
    %317 = stablehlo.concatenate %315, %316, dim = 2 : (tensor<128x1x1xi64>, tensor<128x1x1xi64>) -> tensor<128x1x2xi64>
    %318 = "stablehlo.gather"(%309, %317) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0, 1], start_index_map = [0, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1>}> : (tensor<128x256xf32>, tensor<128x1x2xi64>) -> tensor<128x1xf32>
    %319 = stablehlo.reshape %318 : (tensor<128x1xf32>) -> tensor<128xf32>
    %320 = stablehlo.negate %319 : tensor<128xf32>
    %321 = stablehlo.broadcast_in_dim %320, dims = [0] : (tensor<128xf32>) -> tensor<128xf32>
    %322 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<f32>) -> tensor<128xf32>
    %323 = stablehlo.select %311, %321, %322 : tensor<128xi1>, tensor<128xf32>
    %324 = stablehlo.convert %310 : (tensor<128xi1>) -> tensor<128xi64>
    %325 = stablehlo.reduce(%324 init: %c_4) applies stablehlo.add across dimensions = [0] : (tensor<128xi64>, tensor<i64>) -> tensor<i64>
    %326 = stablehlo.convert %325 : (tensor<i64>) -> tensor<f32>
    %327 = stablehlo.reduce(%323 init: %cst_3) applies stablehlo.add across dimensions = [0] : (tensor<128xf32>, tensor<f32>) -> tensor<f32>
    %328 = stablehlo.divide %327, %326 : tensor<f32>
    return %328 : tensor<f32>
  }
  func.func @logits(%arg0: tensor<256x32xf32> {pcp.name = "wte.weight", pcp.role = "param"}, %arg1: tensor<32x32xf32> {pcp.name = "blocks.0.attn.q.weight", pcp.role = "param"}, %arg2: tensor<16x32xf32> {pcp.name = "blocks.0.attn.k.weight", pcp.role = "param"}, %arg3: tensor<16x32xf32> {pcp.name = "blocks.0.attn.v.weight", pcp.role = "param"}, %arg4: tensor<32x32xf32> {pcp.name = "blocks.0.attn.out.weight", pcp.role = "param"}, %arg5: tensor<128x32xf32> {pcp.name = "blocks.0.mlp.up.weight", pcp.role = "param"}, %arg6: tensor<32x128xf32> {pcp.name = "blocks.0.mlp.down.weight", pcp.role = "param"}, %arg7: tensor<32x32xf32> {pcp.name = "blocks.1.attn.q.weight", pcp.role = "param"}, %arg8: tensor<16x32xf32> {pcp.name = "blocks.1.attn.k.weight", pcp.role = "param"}, %arg9: tensor<16x32xf32> {pcp.name = "blocks.1.attn.v.weight", pcp.role = "param"}, %arg10: tensor<32x32xf32> {pcp.name = "blocks.1.attn.out.weight", pcp.role = "param"}, %arg11: tensor<128x32xf32> {pcp.name = "blocks.1.mlp.up.weight", pcp.role = "param"}, %arg12: tensor<32x128xf32> {pcp.name = "blocks.1.mlp.down.weight", pcp.role = "param"}, %arg13: tensor<256x32xf32> {pcp.name = "head.weight", pcp.role = "param"}, %arg14: tensor<1x32xi64> {pcp.name = "tokens", pcp.role = "data"}) -> (tensor<1x32x256xf32> {pcp.name = "logits", pcp.role = "aux"}) {
    %cst = stablehlo.constant dense<[1.000000e+00, 1.000000e-01, 0.00999999977, 1.000000e-03]> : tensor<4xf32>
    %cst_0 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %cst_1 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %cst_2 = stablehlo.constant dense<0.000000e+00> : tensor<1x32x128xf32>
    %cst_3 = arith.constant dense<0> : tensor<1xi64>
    %cst_4 = arith.constant dense<32> : tensor<1xi64>
    %cst_5 = arith.constant dense<1> : tensor<1xi64>
    %cst_6 = arith.constant dense<1.000000e-05> : tensor<1xf64>
    %cst_7 = arith.constant dense<8> : tensor<1xi64>
    %cst_8 = arith.constant dense<0.35355339059327373> : tensor<1xf64>
    %cst_9 = arith.constant dense<1.500000e+01> : tensor<1xf64>
    %0 = stablehlo.convert %cst_3 : tensor<1xi64>
    %1 = stablehlo.reshape %0 : (tensor<1xi64>) -> tensor<i64>
    %2 = stablehlo.convert %cst_4 : tensor<1xi64>
    %3 = stablehlo.reshape %2 : (tensor<1xi64>) -> tensor<i64>
    %4 = stablehlo.convert %cst_5 : tensor<1xi64>
    %5 = stablehlo.reshape %4 : (tensor<1xi64>) -> tensor<i64>
    %6 = stablehlo.subtract %3, %1 : tensor<i64>
    %7 = stablehlo.convert %5 : (tensor<i64>) -> tensor<f64>
    %8 = stablehlo.convert %6 : (tensor<i64>) -> tensor<f64>
    %9 = stablehlo.divide %8, %7 : tensor<f64>
    %10 = stablehlo.ceil %9 : tensor<f64>
    %11 = stablehlo.convert %10 : (tensor<f64>) -> tensor<i64>
    %12 = stablehlo.reshape %11 : (tensor<i64>) -> tensor<1xi64>
    %13 = stablehlo.dynamic_iota %12, dim = 0 : (tensor<1xi64>) -> tensor<32xi64>
    %14 = stablehlo.broadcast_in_dim %5, dims = [] : (tensor<i64>) -> tensor<32xi64>
    %15 = stablehlo.multiply %13, %14 : tensor<32xi64>
    %16 = stablehlo.broadcast_in_dim %1, dims = [] : (tensor<i64>) -> tensor<32xi64>
    %17 = stablehlo.add %15, %16 : tensor<32xi64>
    %18 = stablehlo.convert %17 : (tensor<32xi64>) -> tensor<32xf32>
    %19 = stablehlo.reshape %18 : (tensor<32xf32>) -> tensor<32x1xf32>
    %20 = stablehlo.broadcast_in_dim %19, dims = [0, 1] : (tensor<32x1xf32>) -> tensor<32x4xf32>
    %21 = stablehlo.broadcast_in_dim %cst, dims = [1] : (tensor<4xf32>) -> tensor<32x4xf32>
    %22 = stablehlo.multiply %20, %21 : tensor<32x4xf32>
    %23 = stablehlo.cosine %22 : tensor<32x4xf32>
    %24 = stablehlo.sine %22 : tensor<32x4xf32>
    %25 = stablehlo.reshape %17 : (tensor<32xi64>) -> tensor<32x1xi64>
    %26 = stablehlo.reshape %17 : (tensor<32xi64>) -> tensor<1x32xi64>
    %27 = stablehlo.broadcast_in_dim %25, dims = [0, 1] : (tensor<32x1xi64>) -> tensor<32x32xi64>
    %28 = stablehlo.broadcast_in_dim %26, dims = [0, 1] : (tensor<1x32xi64>) -> tensor<32x32xi64>
    %29 = stablehlo.compare GE, %27, %28, SIGNED : (tensor<32x32xi64>, tensor<32x32xi64>) -> tensor<32x32xi1>
    %30 = "stablehlo.gather"(%arg0, %arg14) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 32>}> : (tensor<256x32xf32>, tensor<1x32xi64>) -> tensor<1x32x32xf32>
    %31 = stablehlo.convert %30 : tensor<1x32x32xf32>
    %32 = stablehlo.multiply %31, %31 : tensor<1x32x32xf32>
    %33 = stablehlo.reduce(%32 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %34 = stablehlo.reshape %33 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %35 = stablehlo.convert %cst_4 : (tensor<1xi64>) -> tensor<1xf32>
    %36 = stablehlo.reshape %35 : (tensor<1xf32>) -> tensor<f32>
    %37 = stablehlo.broadcast_in_dim %36, dims = [] : (tensor<f32>) -> tensor<1x32x1xf32>
    %38 = stablehlo.divide %34, %37 : tensor<1x32x1xf32>
    %39 = stablehlo.convert %cst_6 : (tensor<1xf64>) -> tensor<1xf32>
    %40 = stablehlo.reshape %39 : (tensor<1xf32>) -> tensor<f32>
    %41 = stablehlo.broadcast_in_dim %40, dims = [] : (tensor<f32>) -> tensor<1x32x1xf32>
    %42 = stablehlo.add %38, %41 : tensor<1x32x1xf32>
    %43 = stablehlo.rsqrt %42 : tensor<1x32x1xf32>
    %44 = stablehlo.broadcast_in_dim %43, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %45 = stablehlo.multiply %31, %44 : tensor<1x32x32xf32>
    %46 = stablehlo.multiply %45, %45 : tensor<1x32x32xf32>
    %47 = stablehlo.reduce(%46 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %48 = stablehlo.reshape %47 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %49 = stablehlo.divide %48, %37 : tensor<1x32x1xf32>
    %50 = stablehlo.add %49, %41 : tensor<1x32x1xf32>
    %51 = stablehlo.rsqrt %50 : tensor<1x32x1xf32>
    %52 = stablehlo.broadcast_in_dim %51, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %53 = stablehlo.multiply %45, %52 : tensor<1x32x32xf32>
    %54 = stablehlo.transpose %arg1, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %55 = stablehlo.reshape %53 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %56 = stablehlo.dot_general %55, %54, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %57 = stablehlo.reshape %56 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %58 = stablehlo.reshape %57 : (tensor<1x32x32xf32>) -> tensor<1x32x4x8xf32>
    %59 = stablehlo.transpose %58, dims = [0, 2, 1, 3] : (tensor<1x32x4x8xf32>) -> tensor<1x4x32x8xf32>
    %60 = stablehlo.slice %59 [0:1, 0:4, 0:32, 0:4] : (tensor<1x4x32x8xf32>) -> tensor<1x4x32x4xf32>
    %61 = stablehlo.slice %59 [0:1, 0:4, 0:32, 4:8] : (tensor<1x4x32x8xf32>) -> tensor<1x4x32x4xf32>
    %62 = stablehlo.broadcast_in_dim %23, dims = [2, 3] : (tensor<32x4xf32>) -> tensor<1x4x32x4xf32>
    %63 = stablehlo.multiply %60, %62 : tensor<1x4x32x4xf32>
    %64 = stablehlo.broadcast_in_dim %24, dims = [2, 3] : (tensor<32x4xf32>) -> tensor<1x4x32x4xf32>
    %65 = stablehlo.multiply %61, %64 : tensor<1x4x32x4xf32>
    %66 = stablehlo.add %63, %65 : tensor<1x4x32x4xf32>
    %67 = stablehlo.multiply %61, %62 : tensor<1x4x32x4xf32>
    %68 = stablehlo.multiply %60, %64 : tensor<1x4x32x4xf32>
    %69 = stablehlo.subtract %67, %68 : tensor<1x4x32x4xf32>
    %70 = stablehlo.concatenate %66, %69, dim = 3 : (tensor<1x4x32x4xf32>, tensor<1x4x32x4xf32>) -> tensor<1x4x32x8xf32>
    %71 = stablehlo.multiply %70, %70 : tensor<1x4x32x8xf32>
    %72 = stablehlo.reduce(%71 init: %cst_1) applies stablehlo.add across dimensions = [3] : (tensor<1x4x32x8xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %73 = stablehlo.reshape %72 : (tensor<1x4x32xf32>) -> tensor<1x4x32x1xf32>
    %74 = stablehlo.convert %cst_7 : (tensor<1xi64>) -> tensor<1xf32>
    %75 = stablehlo.reshape %74 : (tensor<1xf32>) -> tensor<f32>
    %76 = stablehlo.broadcast_in_dim %75, dims = [] : (tensor<f32>) -> tensor<1x4x32x1xf32>
    %77 = stablehlo.divide %73, %76 : tensor<1x4x32x1xf32>
    %78 = stablehlo.broadcast_in_dim %40, dims = [] : (tensor<f32>) -> tensor<1x4x32x1xf32>
    %79 = stablehlo.add %77, %78 : tensor<1x4x32x1xf32>
    %80 = stablehlo.rsqrt %79 : tensor<1x4x32x1xf32>
    %81 = stablehlo.broadcast_in_dim %80, dims = [0, 1, 2, 3] : (tensor<1x4x32x1xf32>) -> tensor<1x4x32x8xf32>
    %82 = stablehlo.multiply %70, %81 : tensor<1x4x32x8xf32>
    %83 = stablehlo.transpose %arg2, dims = [1, 0] : (tensor<16x32xf32>) -> tensor<32x16xf32>
    %84 = stablehlo.dot_general %55, %83, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x16xf32>) -> tensor<32x16xf32>
    %85 = stablehlo.reshape %84 : (tensor<32x16xf32>) -> tensor<1x32x16xf32>
    %86 = stablehlo.reshape %85 : (tensor<1x32x16xf32>) -> tensor<1x32x2x8xf32>
    %87 = stablehlo.transpose %86, dims = [0, 2, 1, 3] : (tensor<1x32x2x8xf32>) -> tensor<1x2x32x8xf32>
    %88 = stablehlo.slice %87 [0:1, 0:2, 0:32, 0:4] : (tensor<1x2x32x8xf32>) -> tensor<1x2x32x4xf32>
    %89 = stablehlo.slice %87 [0:1, 0:2, 0:32, 4:8] : (tensor<1x2x32x8xf32>) -> tensor<1x2x32x4xf32>
    %90 = stablehlo.broadcast_in_dim %23, dims = [2, 3] : (tensor<32x4xf32>) -> tensor<1x2x32x4xf32>
    %91 = stablehlo.multiply %88, %90 : tensor<1x2x32x4xf32>
    %92 = stablehlo.broadcast_in_dim %24, dims = [2, 3] : (tensor<32x4xf32>) -> tensor<1x2x32x4xf32>
    %93 = stablehlo.multiply %89, %92 : tensor<1x2x32x4xf32>
    %94 = stablehlo.add %91, %93 : tensor<1x2x32x4xf32>
    %95 = stablehlo.multiply %89, %90 : tensor<1x2x32x4xf32>
    %96 = stablehlo.multiply %88, %92 : tensor<1x2x32x4xf32>
    %97 = stablehlo.subtract %95, %96 : tensor<1x2x32x4xf32>
    %98 = stablehlo.concatenate %94, %97, dim = 3 : (tensor<1x2x32x4xf32>, tensor<1x2x32x4xf32>) -> tensor<1x2x32x8xf32>
    %99 = stablehlo.multiply %98, %98 : tensor<1x2x32x8xf32>
    %100 = stablehlo.reduce(%99 init: %cst_1) applies stablehlo.add across dimensions = [3] : (tensor<1x2x32x8xf32>, tensor<f32>) -> tensor<1x2x32xf32>
    %101 = stablehlo.reshape %100 : (tensor<1x2x32xf32>) -> tensor<1x2x32x1xf32>
    %102 = stablehlo.broadcast_in_dim %75, dims = [] : (tensor<f32>) -> tensor<1x2x32x1xf32>
    %103 = stablehlo.divide %101, %102 : tensor<1x2x32x1xf32>
    %104 = stablehlo.broadcast_in_dim %40, dims = [] : (tensor<f32>) -> tensor<1x2x32x1xf32>
    %105 = stablehlo.add %103, %104 : tensor<1x2x32x1xf32>
    %106 = stablehlo.rsqrt %105 : tensor<1x2x32x1xf32>
    %107 = stablehlo.broadcast_in_dim %106, dims = [0, 1, 2, 3] : (tensor<1x2x32x1xf32>) -> tensor<1x2x32x8xf32>
    %108 = stablehlo.multiply %98, %107 : tensor<1x2x32x8xf32>
    %109 = stablehlo.transpose %arg3, dims = [1, 0] : (tensor<16x32xf32>) -> tensor<32x16xf32>
    %110 = stablehlo.dot_general %55, %109, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x16xf32>) -> tensor<32x16xf32>
    %111 = stablehlo.reshape %110 : (tensor<32x16xf32>) -> tensor<1x32x16xf32>
    %112 = stablehlo.reshape %111 : (tensor<1x32x16xf32>) -> tensor<1x32x2x8xf32>
    %113 = stablehlo.transpose %112, dims = [0, 2, 1, 3] : (tensor<1x32x2x8xf32>) -> tensor<1x2x32x8xf32>
    %114 = stablehlo.reshape %113 : (tensor<1x2x32x8xf32>) -> tensor<1x2x1x32x8xf32>
    %115 = stablehlo.broadcast_in_dim %114, dims = [0, 1, 2, 3, 4] : (tensor<1x2x1x32x8xf32>) -> tensor<1x2x2x32x8xf32>
    %116 = stablehlo.reshape %115 : (tensor<1x2x2x32x8xf32>) -> tensor<1x4x32x8xf32>
    %117 = stablehlo.reshape %108 : (tensor<1x2x32x8xf32>) -> tensor<1x2x1x32x8xf32>
    %118 = stablehlo.broadcast_in_dim %117, dims = [0, 1, 2, 3, 4] : (tensor<1x2x1x32x8xf32>) -> tensor<1x2x2x32x8xf32>
    %119 = stablehlo.reshape %118 : (tensor<1x2x2x32x8xf32>) -> tensor<1x4x32x8xf32>
    %120 = stablehlo.transpose %119, dims = [0, 1, 3, 2] : (tensor<1x4x32x8xf32>) -> tensor<1x4x8x32xf32>
    %121 = stablehlo.reshape %82 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %122 = stablehlo.reshape %120 : (tensor<1x4x8x32xf32>) -> tensor<4x8x32xf32>
    %123 = stablehlo.broadcast_in_dim %122, dims = [0, 1, 2] : (tensor<4x8x32xf32>) -> tensor<4x8x32xf32>
    %124 = stablehlo.dot_general %121, %123, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x8xf32>, tensor<4x8x32xf32>) -> tensor<4x32x32xf32>
    %125 = stablehlo.reshape %124 : (tensor<4x32x32xf32>) -> tensor<1x4x32x32xf32>
    %126 = stablehlo.convert %cst_8 : (tensor<1xf64>) -> tensor<1xf32>
    %127 = stablehlo.reshape %126 : (tensor<1xf32>) -> tensor<f32>
    %128 = stablehlo.broadcast_in_dim %127, dims = [] : (tensor<f32>) -> tensor<1x4x32x32xf32>
    %129 = stablehlo.multiply %125, %128 : tensor<1x4x32x32xf32>
    %130 = stablehlo.not %29 : tensor<32x32xi1>
    %131 = stablehlo.reshape %130 : (tensor<32x32xi1>) -> tensor<1x1x32x32xi1>
    %132 = stablehlo.broadcast_in_dim %131, dims = [0, 1, 2, 3] : (tensor<1x1x32x32xi1>) -> tensor<1x4x32x32xi1>
    %133 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<1x4x32x32xf32>
    %134 = stablehlo.broadcast_in_dim %129, dims = [0, 1, 2, 3] : (tensor<1x4x32x32xf32>) -> tensor<1x4x32x32xf32>
    %135 = stablehlo.select %132, %133, %134 : tensor<1x4x32x32xi1>, tensor<1x4x32x32xf32>
    %136 = stablehlo.reduce(%135 init: %cst_0) applies stablehlo.maximum across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %137 = stablehlo.reshape %136 : (tensor<1x4x32xf32>) -> tensor<1x4x32x1xf32>
    %138 = stablehlo.broadcast_in_dim %137, dims = [0, 1, 2, 3] : (tensor<1x4x32x1xf32>) -> tensor<1x4x32x32xf32>
    %139 = stablehlo.subtract %135, %138 : tensor<1x4x32x32xf32>
    %140 = stablehlo.exponential %139 : tensor<1x4x32x32xf32>
    %141 = stablehlo.reduce(%140 init: %cst_1) applies stablehlo.add across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %142 = stablehlo.reshape %141 : (tensor<1x4x32xf32>) -> tensor<1x4x32x1xf32>
    %143 = stablehlo.broadcast_in_dim %142, dims = [0, 1, 2, 3] : (tensor<1x4x32x1xf32>) -> tensor<1x4x32x32xf32>
    %144 = stablehlo.divide %140, %143 : tensor<1x4x32x32xf32>
    %145 = stablehlo.reshape %144 : (tensor<1x4x32x32xf32>) -> tensor<4x32x32xf32>
    %146 = stablehlo.reshape %116 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %147 = stablehlo.broadcast_in_dim %146, dims = [0, 1, 2] : (tensor<4x32x8xf32>) -> tensor<4x32x8xf32>
    %148 = stablehlo.dot_general %145, %147, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x32xf32>, tensor<4x32x8xf32>) -> tensor<4x32x8xf32>
    %149 = stablehlo.reshape %148 : (tensor<4x32x8xf32>) -> tensor<1x4x32x8xf32>
    %150 = stablehlo.transpose %149, dims = [0, 2, 1, 3] : (tensor<1x4x32x8xf32>) -> tensor<1x32x4x8xf32>
    %151 = stablehlo.reshape %150 : (tensor<1x32x4x8xf32>) -> tensor<1x32x32xf32>
    %152 = stablehlo.transpose %arg4, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %153 = stablehlo.reshape %151 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %154 = stablehlo.dot_general %153, %152, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %155 = stablehlo.reshape %154 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %156 = stablehlo.add %45, %155 : tensor<1x32x32xf32>
    %157 = stablehlo.multiply %156, %156 : tensor<1x32x32xf32>
    %158 = stablehlo.reduce(%157 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %159 = stablehlo.reshape %158 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %160 = stablehlo.divide %159, %37 : tensor<1x32x1xf32>
    %161 = stablehlo.add %160, %41 : tensor<1x32x1xf32>
    %162 = stablehlo.rsqrt %161 : tensor<1x32x1xf32>
    %163 = stablehlo.broadcast_in_dim %162, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %164 = stablehlo.multiply %156, %163 : tensor<1x32x32xf32>
    %165 = stablehlo.transpose %arg5, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %166 = stablehlo.reshape %164 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %167 = stablehlo.dot_general %166, %165, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x128xf32>) -> tensor<32x128xf32>
    %168 = stablehlo.reshape %167 : (tensor<32x128xf32>) -> tensor<1x32x128xf32>
    %169 = stablehlo.maximum %168, %cst_2 : tensor<1x32x128xf32>
    %170 = stablehlo.multiply %169, %169 : tensor<1x32x128xf32>
    %171 = stablehlo.transpose %arg6, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %172 = stablehlo.reshape %170 : (tensor<1x32x128xf32>) -> tensor<32x128xf32>
    %173 = stablehlo.dot_general %172, %171, contracting_dims = [1] x [0] : (tensor<32x128xf32>, tensor<128x32xf32>) -> tensor<32x32xf32>
    %174 = stablehlo.reshape %173 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %175 = stablehlo.add %156, %174 : tensor<1x32x32xf32>
    %176 = stablehlo.multiply %175, %175 : tensor<1x32x32xf32>
    %177 = stablehlo.reduce(%176 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %178 = stablehlo.reshape %177 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %179 = stablehlo.divide %178, %37 : tensor<1x32x1xf32>
    %180 = stablehlo.add %179, %41 : tensor<1x32x1xf32>
    %181 = stablehlo.rsqrt %180 : tensor<1x32x1xf32>
    %182 = stablehlo.broadcast_in_dim %181, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %183 = stablehlo.multiply %175, %182 : tensor<1x32x32xf32>
    %184 = stablehlo.transpose %arg7, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %185 = stablehlo.reshape %183 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %186 = stablehlo.dot_general %185, %184, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %187 = stablehlo.reshape %186 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %188 = stablehlo.reshape %187 : (tensor<1x32x32xf32>) -> tensor<1x32x4x8xf32>
    %189 = stablehlo.transpose %188, dims = [0, 2, 1, 3] : (tensor<1x32x4x8xf32>) -> tensor<1x4x32x8xf32>
    %190 = stablehlo.slice %189 [0:1, 0:4, 0:32, 0:4] : (tensor<1x4x32x8xf32>) -> tensor<1x4x32x4xf32>
    %191 = stablehlo.slice %189 [0:1, 0:4, 0:32, 4:8] : (tensor<1x4x32x8xf32>) -> tensor<1x4x32x4xf32>
    %192 = stablehlo.multiply %190, %62 : tensor<1x4x32x4xf32>
    %193 = stablehlo.multiply %191, %64 : tensor<1x4x32x4xf32>
    %194 = stablehlo.add %192, %193 : tensor<1x4x32x4xf32>
    %195 = stablehlo.multiply %191, %62 : tensor<1x4x32x4xf32>
    %196 = stablehlo.multiply %190, %64 : tensor<1x4x32x4xf32>
    %197 = stablehlo.subtract %195, %196 : tensor<1x4x32x4xf32>
    %198 = stablehlo.concatenate %194, %197, dim = 3 : (tensor<1x4x32x4xf32>, tensor<1x4x32x4xf32>) -> tensor<1x4x32x8xf32>
    %199 = stablehlo.multiply %198, %198 : tensor<1x4x32x8xf32>
    %200 = stablehlo.reduce(%199 init: %cst_1) applies stablehlo.add across dimensions = [3] : (tensor<1x4x32x8xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %201 = stablehlo.reshape %200 : (tensor<1x4x32xf32>) -> tensor<1x4x32x1xf32>
    %202 = stablehlo.divide %201, %76 : tensor<1x4x32x1xf32>
    %203 = stablehlo.add %202, %78 : tensor<1x4x32x1xf32>
    %204 = stablehlo.rsqrt %203 : tensor<1x4x32x1xf32>
    %205 = stablehlo.broadcast_in_dim %204, dims = [0, 1, 2, 3] : (tensor<1x4x32x1xf32>) -> tensor<1x4x32x8xf32>
    %206 = stablehlo.multiply %198, %205 : tensor<1x4x32x8xf32>
    %207 = stablehlo.transpose %arg8, dims = [1, 0] : (tensor<16x32xf32>) -> tensor<32x16xf32>
    %208 = stablehlo.dot_general %185, %207, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x16xf32>) -> tensor<32x16xf32>
    %209 = stablehlo.reshape %208 : (tensor<32x16xf32>) -> tensor<1x32x16xf32>
    %210 = stablehlo.reshape %209 : (tensor<1x32x16xf32>) -> tensor<1x32x2x8xf32>
    %211 = stablehlo.transpose %210, dims = [0, 2, 1, 3] : (tensor<1x32x2x8xf32>) -> tensor<1x2x32x8xf32>
    %212 = stablehlo.slice %211 [0:1, 0:2, 0:32, 0:4] : (tensor<1x2x32x8xf32>) -> tensor<1x2x32x4xf32>
    %213 = stablehlo.slice %211 [0:1, 0:2, 0:32, 4:8] : (tensor<1x2x32x8xf32>) -> tensor<1x2x32x4xf32>
    %214 = stablehlo.multiply %212, %90 : tensor<1x2x32x4xf32>
    %215 = stablehlo.multiply %213, %92 : tensor<1x2x32x4xf32>
    %216 = stablehlo.add %214, %215 : tensor<1x2x32x4xf32>
    %217 = stablehlo.multiply %213, %90 : tensor<1x2x32x4xf32>
    %218 = stablehlo.multiply %212, %92 : tensor<1x2x32x4xf32>
    %219 = stablehlo.subtract %217, %218 : tensor<1x2x32x4xf32>
    %220 = stablehlo.concatenate %216, %219, dim = 3 : (tensor<1x2x32x4xf32>, tensor<1x2x32x4xf32>) -> tensor<1x2x32x8xf32>
    %221 = stablehlo.multiply %220, %220 : tensor<1x2x32x8xf32>
    %222 = stablehlo.reduce(%221 init: %cst_1) applies stablehlo.add across dimensions = [3] : (tensor<1x2x32x8xf32>, tensor<f32>) -> tensor<1x2x32xf32>
    %223 = stablehlo.reshape %222 : (tensor<1x2x32xf32>) -> tensor<1x2x32x1xf32>
    %224 = stablehlo.divide %223, %102 : tensor<1x2x32x1xf32>
    %225 = stablehlo.add %224, %104 : tensor<1x2x32x1xf32>
    %226 = stablehlo.rsqrt %225 : tensor<1x2x32x1xf32>
    %227 = stablehlo.broadcast_in_dim %226, dims = [0, 1, 2, 3] : (tensor<1x2x32x1xf32>) -> tensor<1x2x32x8xf32>
    %228 = stablehlo.multiply %220, %227 : tensor<1x2x32x8xf32>
    %229 = stablehlo.transpose %arg9, dims = [1, 0] : (tensor<16x32xf32>) -> tensor<32x16xf32>
    %230 = stablehlo.dot_general %185, %229, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x16xf32>) -> tensor<32x16xf32>
    %231 = stablehlo.reshape %230 : (tensor<32x16xf32>) -> tensor<1x32x16xf32>
    %232 = stablehlo.reshape %231 : (tensor<1x32x16xf32>) -> tensor<1x32x2x8xf32>
    %233 = stablehlo.transpose %232, dims = [0, 2, 1, 3] : (tensor<1x32x2x8xf32>) -> tensor<1x2x32x8xf32>
    %234 = stablehlo.reshape %233 : (tensor<1x2x32x8xf32>) -> tensor<1x2x1x32x8xf32>
    %235 = stablehlo.broadcast_in_dim %234, dims = [0, 1, 2, 3, 4] : (tensor<1x2x1x32x8xf32>) -> tensor<1x2x2x32x8xf32>
    %236 = stablehlo.reshape %235 : (tensor<1x2x2x32x8xf32>) -> tensor<1x4x32x8xf32>
    %237 = stablehlo.reshape %228 : (tensor<1x2x32x8xf32>) -> tensor<1x2x1x32x8xf32>
    %238 = stablehlo.broadcast_in_dim %237, dims = [0, 1, 2, 3, 4] : (tensor<1x2x1x32x8xf32>) -> tensor<1x2x2x32x8xf32>
    %239 = stablehlo.reshape %238 : (tensor<1x2x2x32x8xf32>) -> tensor<1x4x32x8xf32>
    %240 = stablehlo.transpose %239, dims = [0, 1, 3, 2] : (tensor<1x4x32x8xf32>) -> tensor<1x4x8x32xf32>
    %241 = stablehlo.reshape %206 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %242 = stablehlo.reshape %240 : (tensor<1x4x8x32xf32>) -> tensor<4x8x32xf32>
    %243 = stablehlo.broadcast_in_dim %242, dims = [0, 1, 2] : (tensor<4x8x32xf32>) -> tensor<4x8x32xf32>
    %244 = stablehlo.dot_general %241, %243, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x8xf32>, tensor<4x8x32xf32>) -> tensor<4x32x32xf32>
    %245 = stablehlo.reshape %244 : (tensor<4x32x32xf32>) -> tensor<1x4x32x32xf32>
    %246 = stablehlo.multiply %245, %128 : tensor<1x4x32x32xf32>
    %247 = stablehlo.broadcast_in_dim %246, dims = [0, 1, 2, 3] : (tensor<1x4x32x32xf32>) -> tensor<1x4x32x32xf32>
    %248 = stablehlo.select %132, %133, %247 : tensor<1x4x32x32xi1>, tensor<1x4x32x32xf32>
    %249 = stablehlo.reduce(%248 init: %cst_0) applies stablehlo.maximum across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %250 = stablehlo.reshape %249 : (tensor<1x4x32xf32>) -> tensor<1x4x32x1xf32>
    %251 = stablehlo.broadcast_in_dim %250, dims = [0, 1, 2, 3] : (tensor<1x4x32x1xf32>) -> tensor<1x4x32x32xf32>
    %252 = stablehlo.subtract %248, %251 : tensor<1x4x32x32xf32>
    %253 = stablehlo.exponential %252 : tensor<1x4x32x32xf32>
    %254 = stablehlo.reduce(%253 init: %cst_1) applies stablehlo.add across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %255 = stablehlo.reshape %254 : (tensor<1x4x32xf32>) -> tensor<1x4x32x1xf32>
    %256 = stablehlo.broadcast_in_dim %255, dims = [0, 1, 2, 3] : (tensor<1x4x32x1xf32>) -> tensor<1x4x32x32xf32>
    %257 = stablehlo.divide %253, %256 : tensor<1x4x32x32xf32>
    %258 = stablehlo.reshape %257 : (tensor<1x4x32x32xf32>) -> tensor<4x32x32xf32>
    %259 = stablehlo.reshape %236 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %260 = stablehlo.broadcast_in_dim %259, dims = [0, 1, 2] : (tensor<4x32x8xf32>) -> tensor<4x32x8xf32>
    %261 = stablehlo.dot_general %258, %260, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x32xf32>, tensor<4x32x8xf32>) -> tensor<4x32x8xf32>
    %262 = stablehlo.reshape %261 : (tensor<4x32x8xf32>) -> tensor<1x4x32x8xf32>
    %263 = stablehlo.transpose %262, dims = [0, 2, 1, 3] : (tensor<1x4x32x8xf32>) -> tensor<1x32x4x8xf32>
    %264 = stablehlo.reshape %263 : (tensor<1x32x4x8xf32>) -> tensor<1x32x32xf32>
    %265 = stablehlo.transpose %arg10, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %266 = stablehlo.reshape %264 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %267 = stablehlo.dot_general %266, %265, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %268 = stablehlo.reshape %267 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %269 = stablehlo.add %175, %268 : tensor<1x32x32xf32>
    %270 = stablehlo.multiply %269, %269 : tensor<1x32x32xf32>
    %271 = stablehlo.reduce(%270 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %272 = stablehlo.reshape %271 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %273 = stablehlo.divide %272, %37 : tensor<1x32x1xf32>
    %274 = stablehlo.add %273, %41 : tensor<1x32x1xf32>
    %275 = stablehlo.rsqrt %274 : tensor<1x32x1xf32>
    %276 = stablehlo.broadcast_in_dim %275, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %277 = stablehlo.multiply %269, %276 : tensor<1x32x32xf32>
    %278 = stablehlo.transpose %arg11, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %279 = stablehlo.reshape %277 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %280 = stablehlo.dot_general %279, %278, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x128xf32>) -> tensor<32x128xf32>
    %281 = stablehlo.reshape %280 : (tensor<32x128xf32>) -> tensor<1x32x128xf32>
    %282 = stablehlo.maximum %281, %cst_2 : tensor<1x32x128xf32>
    %283 = stablehlo.multiply %282, %282 : tensor<1x32x128xf32>
    %284 = stablehlo.transpose %arg12, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %285 = stablehlo.reshape %283 : (tensor<1x32x128xf32>) -> tensor<32x128xf32>
    %286 = stablehlo.dot_general %285, %284, contracting_dims = [1] x [0] : (tensor<32x128xf32>, tensor<128x32xf32>) -> tensor<32x32xf32>
    %287 = stablehlo.reshape %286 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %288 = stablehlo.add %269, %287 : tensor<1x32x32xf32>
    %289 = stablehlo.multiply %288, %288 : tensor<1x32x32xf32>
    %290 = stablehlo.reduce(%289 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %291 = stablehlo.reshape %290 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %292 = stablehlo.divide %291, %37 : tensor<1x32x1xf32>
    %293 = stablehlo.add %292, %41 : tensor<1x32x1xf32>
    %294 = stablehlo.rsqrt %293 : tensor<1x32x1xf32>
    %295 = stablehlo.broadcast_in_dim %294, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %296 = stablehlo.multiply %288, %295 : tensor<1x32x32xf32>
    %297 = stablehlo.transpose %arg13, dims = [1, 0] : (tensor<256x32xf32>) -> tensor<32x256xf32>
    %298 = stablehlo.reshape %296 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %299 = stablehlo.dot_general %298, %297, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x256xf32>) -> tensor<32x256xf32>
    %300 = stablehlo.reshape %299 : (tensor<32x256xf32>) -> tensor<1x32x256xf32>
    %301 = stablehlo.convert %cst_9 : (tensor<1xf64>) -> tensor<1xf32>
    %302 = stablehlo.reshape %301 : (tensor<1xf32>) -> tensor<f32>
    %303 = stablehlo.broadcast_in_dim %302, dims = [] : (tensor<f32>) -> tensor<1x32x256xf32>
    %304 = stablehlo.divide %300, %303 : tensor<1x32x256xf32>
    %305 = stablehlo.tanh %304 : tensor<1x32x256xf32>
    %306 = stablehlo.multiply %305, %303 : tensor<1x32x256xf32>
    return %306 : tensor<1x32x256xf32>
  }
}
